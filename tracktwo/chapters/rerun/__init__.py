"""Chapter `rerun`."""
