"""Screens get the store by constructor and turn messages into changes."""
