"""Charts, and how they become figures."""
