"""Chapter `index`."""
