"""Learning: cards, questions, grading in cun, and when to ask again. No Qt."""
