"""Chapter `evidence`."""
