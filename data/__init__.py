"""Records, rules and files: a whole program without a screen. Imports no Textual, no Rich."""
