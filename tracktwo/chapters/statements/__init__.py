"""Chapter `statements`."""
