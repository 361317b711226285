"""The learning and competence plan: its tasks, goals, agreement, progress and knowledge."""
