"""The library of a workplace: a folder that a coordinator edits, and the mentor's copy of it.

The folder is only ever read. What a mentor uses is always the mentor's own copy: taken whole the
first time, and later entry by entry.
"""
