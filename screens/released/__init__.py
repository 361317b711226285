"""The status of a mentee for the managers of a team: released by a mentor, and read by them."""
