"""What nbval found: a cell's output that is not the committed one, told in words."""
