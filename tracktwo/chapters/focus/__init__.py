"""Chapter `focus`."""
