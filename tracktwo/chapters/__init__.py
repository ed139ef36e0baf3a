"""What each chapter counts, draws and says: one module a chapter, called by its name."""
