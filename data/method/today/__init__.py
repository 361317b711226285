"""What is due, why, and what marks it as done."""
