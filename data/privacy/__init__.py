"""The law of personal data as doors: who can read what, and what is to happen with it."""
