"""Chapter `typology`."""
