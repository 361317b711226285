"""Reminders that come by themselves: the mail, the day it was sent, and what has it sent."""
