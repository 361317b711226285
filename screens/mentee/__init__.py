"""What the screens of a mentee share, and the forms and pages about a whole mentorship."""
