"""Widgets get values and post messages. They never see the store."""
