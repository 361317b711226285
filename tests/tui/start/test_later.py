"""What is loaded later: that it is still asked for, still not needed, and there when it is used."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import types
from pathlib import Path

import pytest

from tui.start.later import MODULES, Later
from tui.start.patterns import compiled_later

ROOT = Path(__file__).parents[3]
LOADED = r"""
import json, sys
import tui
from tui.start.later import Later, _Called, _known
stood = {*_known(), *sys.argv[1:]}
from tui.cli.main import main
import tui.cli.bare, tui.cli.screen
from tui.cli.screen import without_tls
with without_tls():
    import tui.app
import screens.overview.screen
real = [name for name in stood if not isinstance(sys.modules[name], Later)]
held = set()
for module in list(sys.modules.values()):
    for value in list(vars(module).values()):
        if isinstance(value, Later):
            held.add(value.__name__)
        elif type(value) is _Called:
            held.add(value._module)
known = set(_known())
print(json.dumps({"real": real, "asked": sorted(held | known)}))
"""


def test_what_is_put_off_is_asked_for_and_not_needed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *MODULES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert not found["real"], (
        f"{found['real']} is used at every start now: see who uses it, and put it off no longer"
        " where that cannot be helped (tui/start/later.py)"
    )
    idle = sorted(MODULES.keys() - set(found["asked"]))
    assert not idle, f"nobody loads {idle} at the start any more: take it out of tui/start/later.py"


def test_a_module_is_there_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    later = Later("colorsys", ("rgb_to_hls",))
    monkeypatch.setitem(sys.modules, "colorsys", later)
    called = later.rgb_to_hls
    assert sys.modules["colorsys"] is later, "nothing has been used yet"
    assert called(0.0, 0.0, 0.0) == (0.0, 0.0, 0.0)
    assert sys.modules["colorsys"] is not later
    assert later.hls_to_rgb is sys.modules["colorsys"].hls_to_rgb
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = later.no_such_name


def test_a_class_can_be_derived_from_and_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "string", raising=False)
    formatter = Later("string", ("Formatter",)).Formatter

    own = types.new_class("own", (formatter,))
    assert sys.modules["string"].Formatter in own.__mro__
    assert isinstance(own(), formatter)
    assert not isinstance("text", formatter)


def test_what_looks_through_all_modules_loads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    later = Later("colorsys")
    monkeypatch.setitem(sys.modules, "colorsys", later)
    assert not any(hasattr(later, name) for name in ("__file__", "__path__", "__wrapped__"))
    assert sys.modules["colorsys"] is later


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    with compiled_later():
        wrong, right = re.compile("("), re.compile("(?P<year>[0-9]{4})", re.IGNORECASE)
    kinds = [type(one).__name__ for one in (re.compile("a"), wrong, right)]
    assert kinds == ["Pattern", "LatePattern", "LatePattern"], "others get what they always got"
    assert isinstance(right, re.Pattern)
    find = right.search
    assert (found := find("in 2026")) is not None
    assert found["year"] == "2026"
    assert right.groupindex == {"year": 1}
    assert right.flags & re.IGNORECASE
    assert [found[0] for found in re.finditer(right, "1990 2026")] == ["1990", "2026"]
    assert re.sub(right, "x", "1990 2026") == "x x"
    with pytest.raises(re.error):
        wrong.match("text")


def test_the_source_of_a_class_can_still_be_found() -> None:
    code = "import tui, inspect, string\nprint(inspect.getsource(string.Formatter))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.startswith(b"class Formatter:")
