"""The pages on which a learner is asked and sees the progress."""
