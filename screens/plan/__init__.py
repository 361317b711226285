"""Screen 2: the learning and competence plan."""
