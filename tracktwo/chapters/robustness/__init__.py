"""Chapter `robustness`."""
