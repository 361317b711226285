"""What all mentors share: questions, duties, example and guide text, in Danish and English."""
