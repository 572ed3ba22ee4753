"""What stands around the body: filters, search, list, details."""
