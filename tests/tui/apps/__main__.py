"""Run a small app as the program is run: `python -m tests.tui.apps NAME [stock] [ARGUMENT...]`.

`stock` runs it on Textual's own driver, in Textual's own environment.
"""

import importlib
import os
import sys

from tui.terminal import prepare_environment

name, *arguments = sys.argv[1:]
stock = "stock" in arguments
if not stock:
    prepare_environment(os.environ)
importlib.import_module(f"tests.tui.apps.{name}").main(
    stock, [a for a in arguments if a != "stock"]
)
