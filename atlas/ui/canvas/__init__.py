"""The body with its points."""
