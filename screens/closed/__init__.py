"""What is done with the data of a mentorship that is over, or goes on with another mentor."""
