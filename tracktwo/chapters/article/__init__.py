"""Chapter `article`."""
