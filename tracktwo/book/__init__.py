"""Execute the chapters, make the site and the PDF: what the workflow calls."""
