"""The claims of the article, tested under every set of choices."""
