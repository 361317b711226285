"""Records, rules and files: all of the program that works without a screen.

Nothing here imports Textual or Rich, which are slow to load, so the command line answers at once.
"""
