"""Run a small app as the program is run: `python -m tests.tui.apps NAME [ARGUMENT...]`."""

import importlib
import os
import sys

from tui.terminal.kind import prepare_environment

name, *arguments = sys.argv[1:]
prepare_environment(os.environ)
importlib.import_module(f"tests.tui.apps.{name}").main(arguments)
