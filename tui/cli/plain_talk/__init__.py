"""The guided talk line by line, for screen readers and simple terminals."""
