"""Chapter `transfer`."""
