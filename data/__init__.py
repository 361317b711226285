"""Records, rules and files: a complete program without a screen. Imports neither Textual nor Rich."""
