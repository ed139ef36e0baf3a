"""REFI-QDA, the format in which programs for qualitative analysis exchange codebooks and projects.

The standard (version 1.5, 2019) and its schemas are the Rotterdam Exchange Format Initiative's,
https://www.qdasoftware.org.
"""
