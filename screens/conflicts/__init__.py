"""Texts that clashed with somebody else's."""
