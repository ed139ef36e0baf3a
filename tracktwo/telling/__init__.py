"""What a notebook shows: passages, tables, links."""
