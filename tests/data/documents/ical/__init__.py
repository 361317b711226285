"""Tests of the calendar file."""
