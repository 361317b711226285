"""Screen 7: actions agreed on, doubts and questions, case systems."""
