"""Chapter `focus_groups`."""
