"""Sweeps: the verdicts under many settings of the parameters, and a page that compares them."""
