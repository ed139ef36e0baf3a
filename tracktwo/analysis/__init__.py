"""What is measured, of which rows, and how sure it is."""
