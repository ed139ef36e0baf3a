"""Chapter `change`."""
