"""What is known about acupoints, as data."""
