"""The analysis behind the book *Oslo and Its Aftermath, Reopened*."""
