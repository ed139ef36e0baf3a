"""Chapter `propositions`."""
