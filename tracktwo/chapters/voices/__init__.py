"""Chapter `voices`."""
