"""Chapter `explorer`."""
