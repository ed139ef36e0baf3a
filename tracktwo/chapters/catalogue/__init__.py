"""Chapter `catalogue`."""
