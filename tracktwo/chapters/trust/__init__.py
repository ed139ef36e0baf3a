"""Chapter `trust`."""
