"""The page on which one studies; imported only when it is wanted."""
