"""Chapter `inventory`."""
