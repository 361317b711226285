"""The arrows point one way: data <- widgets <- screens <- tui, and data needs no screen."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("data", "widgets", "screens", "tui")
MAY_IMPORT = {
    "data": {"data"},
    "widgets": {"data", "widgets"},
    "screens": {"data", "widgets", "screens"},
    "tui": set(LAYERS),
}
SCREEN_KITS = {"textual", "rich"}
COMMAND_LINE = ("tui/cli", "tui/__main__")
"""The part of tui that works without a screen."""
WIDGETS_MAY_KNOW = {
    "data.dates",
    "data.durations",
    "data.frozen",
    "data.i18n",
    "data.records",
    "data.text",
    "data.word_diff",
}
"""What of data is values and words; the store is none of it."""


def _files(layer: str) -> list[Path]:
    return sorted((ROOT / layer).rglob("*.py"))


def _imports(path: Path, *, top: bool = False) -> Iterator[str]:
    """Yield the modules that a file imports; `top`: only those imported with it."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in _top(tree) if top else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _top(tree: ast.Module) -> Iterator[ast.stmt]:
    return (node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_those_below_it(layer: str) -> None:
    files = _files(layer)
    assert files
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in _imports(path)
        if name.split(".")[0] in set(LAYERS) - MAY_IMPORT[layer] or name.split(".")[0] == "tests"
    ]
    assert wrong == []


def test_widgets_know_values_and_words_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _files("widgets")
        for name in _imports(path)
        if name.startswith("data.")
        and not any(name == known or name.startswith(f"{known}.") for known in WIDGETS_MAY_KNOW)
    ]
    assert wrong == []


def test_nothing_below_the_screens_is_imported_with_textual() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _files("data")
        for name in _imports(path)
        if name.split(".")[0] in SCREEN_KITS
    ]
    assert wrong == []


def _loaded_after(modules: list[str]) -> set[str]:
    """Import modules in a process of their own; the screen kits that came with them."""
    code = (
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        f"print(*({SCREEN_KITS!r} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_importing_all_of_data_loads_no_screen() -> None:
    modules = [_name(path) for path in _files("data")]
    assert len(modules) > 20
    assert _loaded_after(modules) == set()


def test_the_command_line_loads_no_screen() -> None:
    modules = [
        _name(path)
        for path in _files("tui")
        if str(path.relative_to(ROOT)).startswith(COMMAND_LINE) and path.name != "__main__.py"
    ]
    assert "tui.cli.main" in modules
    assert _loaded_after(modules) == set()


def test_the_proof_can_fail() -> None:
    assert "rich" in _loaded_after(["rich"])


def test_no_room_is_larger_than_a_reader_can_hold() -> None:
    too_long = [
        str(path.relative_to(ROOT))
        for layer in LAYERS
        for path in _files(layer)
        if len(path.read_text("utf-8").splitlines()) > 400
    ]
    assert too_long == []


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for layer in LAYERS
        for path in _files(layer)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert too_long == []
