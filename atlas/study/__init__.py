"""Learning: what was answered, noted and collected, kept safe on the disk."""
