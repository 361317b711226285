"""What the program takes from inside Textual is in one file, and a newer Textual says so in words.

Names of Textual's with an underscore are private, and so are its modules with one. A few more are
public by their name, but stand in no guide; they are named here as well.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
import textual
from textual import events, keys
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.signal import Signal

from tui.terminal import textual_private

ROOT = Path(__file__).parents[1]
ROOMS = ("data", "widgets", "screens", "tui")
PLACE = ROOT / "tui/terminal/textual_private.py"
NAME = re.compile(r"\b_[a-z]\w*")


def _takes(function: Callable[..., object], *names: str) -> bool:
    """Return whether a function takes exactly these, besides `self`."""
    return [name for name in inspect.signature(function).parameters if name != "self"] == [*names]


def _sequences() -> bool:
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
    from textual.keys import Keys

    known = ANSI_SEQUENCES_KEYS
    return known["\x1b[A"] == (Keys.Up,) and known["\x1bOP"] == (Keys.F1,) and len(known) > 200


def _parser() -> bool:
    from textual._xterm_parser import XTermParser

    up, letter = [*XTermParser().feed("\x1b[A"), *XTermParser().feed("å")]
    return isinstance(up, events.Key) and isinstance(letter, events.Key) and up.key == "up"


def _fatal_error() -> bool:
    source = inspect.getsource(App._handle_exception)
    return _takes(App._fatal_error) and "_fatal_error()" in source and "_exception = " in source


def _key_to_character() -> bool:
    source = inspect.getsource(Screen._binding_chain.fget)  # type: ignore[attr-defined]
    return _takes(keys.key_to_character, "key") and "key_to_character(key)" in source


def _drawing() -> bool:
    source = inspect.getsource(importlib.import_module("textual.app"))
    shows = source[source.index("def _display(") :]
    quiet = re.search(r"if self\._batch_count:\s+return", shows[: shows.index("    def ")])
    draws = inspect.getsource(importlib.import_module("textual.screen"))
    return "def _compositor_refresh(self) -> None:" in draws and bool(quiet)


def _laying_out() -> bool:
    source = inspect.getsource(importlib.import_module("textual.screen"))
    later = source[source.index("def _on_timer_update(self) -> None:") :]
    lays_out = r"if self\._layout_required:\s+self\._refresh_layout\("
    told = r"def _screen_resized\(self, size: Size\)[^#]+?self\._refresh_layout\(size\)"
    begins = later[: later.index("    def ")]
    return bool(re.search(lays_out, begins)) and bool(re.search(told, source))


def _parsing() -> bool:
    sheet = Stylesheet(variables={"one": "red"})
    names = ("css", "read_from", "is_default_rules", "tie_breaker", "scope")
    kept = len(sheet._parse_cache) == 0 and sheet._variables == {"one": "red"}
    return _takes(textual_private.PARSE, *names) and kept


def _words() -> bool:
    source = inspect.getsource(App.export_screenshot)
    call = "render_update(\n            full=True, screen_stack=self.app._background_screens"
    compositor = importlib.import_module("textual._compositor")
    does = inspect.getsource(compositor.Compositor.render_update)
    shown = inspect.signature(compositor.LayoutUpdate.__init__).parameters["strips"].annotation
    return (
        f"self.screen._compositor.{call}" in source
        and "visible_screen_stack.set([] if screen_stack is None else screen_stack)" in does
        and "return self.render_full_update(simplify=simplify)" in does
        and shown == "list[Iterable[Strip]]"
    )


PRIVATE: dict[str, Callable[[], bool]] = {
    "_ansi_sequences": _sequences,
    "_xterm_parser": _parser,
    "_fatal_error": _fatal_error,
    "_exception": _fatal_error,
    "_compositor_refresh": _drawing,
    "_batch_count": _drawing,
    "_screen_resized": _laying_out,
    "_layout_required": _laying_out,
    "_on_timer_update": _laying_out,
    "_compositor": _words,
    "_context": _words,
    "_background_screens": _words,
    "_parse_rules": _parsing,
    "_parse_cache": _parsing,
    "_variables": _parsing,
}
"""What the one file uses: is it there, and does it look as it did?"""

PUBLIC: dict[str, Callable[[], bool]] = {
    "textual.screen.key_to_character": _key_to_character,
    "App.exit(result, return_code, message)": lambda: _takes(
        App.exit, "result", "return_code", "message"
    ),
    "Driver(app, *, debug, mouse, size)": lambda: _takes(
        Driver.__init__, "app", "debug", "mouse", "size"
    ),
    "Driver.send_message, process_message": lambda: (
        _takes(Driver.send_message, "message") and _takes(Driver.process_message, "message")
    ),
    "Driver.no_automatic_restart, suspend_application_mode, resume_application_mode": lambda: (
        _takes(Driver.no_automatic_restart)
        and _takes(Driver.suspend_application_mode)
        and _takes(Driver.resume_application_mode)
    ),
    "Driver.SignalResume": lambda: issubclass(Driver.SignalResume, events.Event),
    "Message.is_forwarded": lambda: isinstance(
        inspect.getattr_static(Message, "is_forwarded"), property
    ),
    "MessagePump.message_queue_size": lambda: isinstance(
        inspect.getattr_static(MessagePump, "message_queue_size"), property
    ),
    "Screen.screen_layout_refresh_signal": lambda: isinstance(
        Screen().screen_layout_refresh_signal, Signal
    ),
    "textual.keys.KEY_NAME_REPLACEMENTS": lambda: (
        importlib.import_module("textual.keys").KEY_NAME_REPLACEMENTS["solidus"] == "slash"
    ),
}
"""What has a public name and stands in no guide."""


@pytest.mark.parametrize("name", [*PRIVATE, *PUBLIC])
def test_this_textual_has_what_the_program_takes_from_it(name: str) -> None:
    said = (
        f"Textual {version('textual')} has no `{name}` such as the program needs: see {PLACE.name}"
    )
    try:
        fits = {**PRIVATE, **PUBLIC}[name]()
    except (AttributeError, ImportError, KeyError, ValueError) as error:
        pytest.fail(f"{said} ({error})")
    assert fits, said


# -- where it is used --------------------------------------------------------------------------


@cache
def _textuals_own() -> frozenset[str]:
    """Return every name with an underscore that stands anywhere in Textual."""
    folder = Path(textual.__file__).parent
    return frozenset(
        name for path in folder.rglob("*.py") for name in NAME.findall(path.read_text("utf-8"))
    )


def _files() -> list[Path]:
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if path.name != "__main__.py"]


def _classes(path: Path) -> list[type]:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return [one for one in vars(module).values() if _is_class_of(one, module.__name__)]


def _is_class_of(thing: object, module: str) -> bool:
    return isinstance(thing, type) and thing.__module__ == module


def _defined(tree: ast.AST) -> set[str]:
    """Return the private names that code defines: functions, classes, and fields of objects."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                targets = line.targets if isinstance(line, ast.Assign) else []
                targets = [line.target] if isinstance(line, ast.AnnAssign) else targets
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return {name for name in found if NAME.fullmatch(name)}


@cache
def _written_classes(path: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(Path(path).read_text("utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


@cache
def _defined_by(kind: type) -> frozenset[str]:
    """Return the private names that a class itself defines or sets."""
    node = _written_classes(inspect.getfile(kind)).get(kind.__name__)
    return frozenset(_defined(node) if node is not None else ())


def _is_ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in ROOMS


def _is_textuals(kind: type) -> bool:
    return kind.__module__.startswith("textual.")


def _private_uses(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield what is asked of objects, and imported from Textual, under a private name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and NAME.fullmatch(node.attr):
            yield node.attr, node.lineno
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            for name in [*(node.module or "").split("."), *(one.name for one in node.names)]:
                if NAME.fullmatch(name):
                    yield name, node.lineno


def uses_of_textuals_own(path: Path) -> list[str]:
    """Return the lines of a file that use a private name of Textual's."""
    tree = ast.parse(path.read_text("utf-8"))
    own = _defined(tree) | {"_replace", "_exit"}  # a named tuple's, and os's: public all the same
    for kind in _classes(path):
        own |= {name for base in kind.__mro__ if _is_ours(base) for name in _defined_by(base)}
    return [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for name, line in _private_uses(tree)
        if name in _textuals_own() and name not in own
    ]


def test_only_one_file_uses_what_is_private() -> None:
    assert len(_textuals_own()) > 1000
    assert [use for path in _files() if path != PLACE for use in uses_of_textuals_own(path)] == []


def test_that_file_uses_what_is_listed_here_and_nothing_else() -> None:
    used = {use.rpartition(" ")[2] for use in uses_of_textuals_own(PLACE)} | {"_fatal_error"}
    assert used == set(PRIVATE)


def _hidden(kind: type) -> set[str]:
    """Return the private names of a class of ours that its bases in Textual have as well."""
    textuals = {name for base in kind.__mro__ if _is_textuals(base) for name in _defined_by(base)}
    return set(_defined_by(kind)) & textuals


def test_no_name_of_ours_hides_one_of_textuals() -> None:
    """What has the same name as something inside Textual would take its place."""
    wrong = [
        f"{path.relative_to(ROOT)} {kind.__name__}.{name}"
        for path in _files()
        if path != PLACE
        for kind in _classes(path)
        for name in sorted(_hidden(kind))
    ]
    assert wrong == []


def test_the_scan_would_see_it() -> None:
    tree = ast.parse("from textual._loop import loop_last\nfrom textual.keys import _x\na._driver")
    assert [name for name, _line in _private_uses(tree)] == ["_loop", "_x", "_driver"]
    assert {"_driver", "_loop", "_writer_thread", "_get_terminal_size"} <= _textuals_own()

    class Hides(App[None]):
        def _fatal_error(self) -> None:
            self._driver = None

    assert _hidden(Hides) == {"_fatal_error", "_driver"}


def test_the_character_of_a_key_is_what_textual_says() -> None:
    names = [*textual_private._TYPES, "n", "ø", "full_stop", "ctrl+n", "plus", "no such key"]
    for name in names:
        assert textual_private.character_of(name) == keys.key_to_character(name)
    for name in textual_private._TYPES_NOTHING:
        textuals = keys.key_to_character(name)
        assert textual_private.character_of(name) is None
        assert textuals is None or not textuals.isprintable()
