"""The window; everything that imports Qt is here."""
