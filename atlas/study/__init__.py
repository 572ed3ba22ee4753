"""Learning: questions graded in cun, when to ask again, and what was answered, kept safe. No Qt."""
