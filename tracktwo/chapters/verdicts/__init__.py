"""Chapter `verdicts`."""
