"""The guide as pure functions: rhythm, due, progress, gaps, talk flow. No files and no clock."""
