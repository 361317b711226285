"""Widgets: they are given values to show, and post messages about what the user did.

A widget never sees the store, so it cannot save anything itself: the screen that owns it listens to
its messages and decides what they change.

A widget that can have the focus paints no cursor of its own. It puts the terminal's cursor where
the user is (`cursor_screen_offset`, `on_focus`), because screen readers and magnifiers follow that
one.
"""
