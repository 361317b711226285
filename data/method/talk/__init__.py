"""The guided talk and the series of talks, as values and functions."""
