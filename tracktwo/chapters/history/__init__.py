"""How change came: sourced facts, and what the rise in starts can bear."""
