"""The receipt of a review: everything computed anew and held against what is committed."""
