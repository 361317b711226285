"""`mentor doctor --canary`: it finds nothing, it would find what leaks, and it leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.documents.writers.formats import FORMATS
from data.i18n import _, language, set_language
from data.method import visibility
from data.paths import settings_file, state_dir
from data.privacy import canary_documents
from data.privacy.canaries import ALL, NOTE, SORTS
from data.privacy.canary_documents import DOCUMENTS, OUT, look_at_documents, readable
from data.privacy.looking import TRACES, Looked, NothingProved, canaries_in_bytes
from data.queries.all_about import encoded
from data.records import KINDS
from data.settings import Settings
from data.store.change import Change
from tests.tools.hurry import HurriedLoop
from tests.tui.cli.canaries import Planting, leaks, planted_in, tell
from tests.tui.cli.tools import ROOT, Mentor
from tui.app.canary_tour import SCREENS, tour
from tui.cli import main
from tui.cli.canary import look, traces
from tui.cli.canary.commands import COMMANDS, look_at_commands
from tui.cli.canary.team import TEAM
from tui.cli.canary.traces import look_at_traces


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a temporary folder for this test alone: other tests write theirs at the same time."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(traces, "_SHARED", ())
    return folder


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planting]:
    with planted_in(tmp_path) as found:
        yield found


def _everything_may_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visibility, "shows_all", lambda _reader: True)


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """What the settings name as the server of the records: nobody may come to it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        folder = settings_file(os.environ).parent
        folder.mkdir(parents=True)
        address = f"postgresql://127.0.0.1:{door.getsockname()[1]}/mentor"
        settings_file(os.environ).write_text(f'file = "{address}"\n')
        door.setblocking(False)
        yield door


def test_the_command_finds_nothing_and_leaves_nothing(
    mentor: Mentor, file: Path, monkeypatch: pytest.MonkeyPatch, server: socket.socket
) -> None:
    monkeypatch.setattr("asyncio.events.new_event_loop", HurriedLoop)
    before = dict(os.environ)
    done = mentor("doctor", "--canary", "--format", "json", "--lang", "da")
    with pytest.raises(BlockingIOError):
        server.accept()
    assert (done.status, done.err) == (0, "")
    found = json.loads(done.out)
    assert found["found"] == 0
    assert found["not_looked_at"] == []
    assert {_(one) for one in (COMMANDS, DOCUMENTS, OUT, SCREENS, TEAM, TRACES)} == {
        one["group"] for one in found["places"]
    }
    assert all(one["looks"] for one in found["places"])
    assert not file.exists()
    assert dict(os.environ) == {**before, "LANGUAGE": os.environ["LANGUAGE"]}
    assert list(Path(os.environ["XDG_DATA_HOME"], "mentorrollen").iterdir()) == []
    assert not Path(os.environ["HOME"]).exists()
    assert not state_dir(os.environ).exists()


def test_every_sort_of_private_word_is_planted(planted: Planting) -> None:
    opened, _planted = planted
    every = [json.dumps(encoded(one)) for kind in KINDS for one in opened.store.all(kind)]
    assert [word for word in SORTS if not any(word in one for one in every)] == []


def test_a_word_in_each_format_would_be_found(
    planted: Planting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    assert readable(opened.store, found) == set(FORMATS)
    task = opened.store.get(type(found.task), found.task.id)
    assert task is not None
    opened.store.commit([Change.edited(task, title=NOTE)])  # as if a title had the private word
    looked = Looked()
    look_at_documents(opened.store, found, tmp_path / "out", looked, tell)
    where = {one for seen in looked.places.values() for one in seen.where}
    assert {f"{format}, en" for format in FORMATS} <= where
    assert {"Calendar file", "Hand-over", "Loan"} >= leaks(looked, OUT) >= {"Hand-over", "Loan"}
    assert {"All records (JSON)", "All documents in one folder"} <= leaks(looked, DOCUMENTS)


def test_a_document_that_breaks_the_rule_is_found(
    planted: Planting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    _everything_may_be_seen(monkeypatch)
    looked = Looked()
    look_at_documents(opened.store, found, tmp_path / "out", looked, tell)
    assert {"Shared notes", "Summary of the talk", "All records (JSON)"} <= leaks(looked, DOCUMENTS)
    assert leaks(looked, OUT) == {"Hand-over", "Loan"}


def test_a_name_of_a_file_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "plan-maja.docx").touch()
    looked = Looked()
    look_at_traces(folder, time.time(), looked)
    assert leaks(looked, TRACES) == set()
    (folder / f"plan-{NOTE.lower()}.docx").touch()
    look_at_traces(folder, time.time(), looked)
    assert leaks(looked, TRACES) == {"Names of files"}


def test_a_report_of_a_failure_that_quotes_a_word_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Looked()
    look_at_traces(tmp_path / "run", time.time(), looked)
    assert leaks(looked, TRACES) == set()
    monkeypatch.setattr(main, "last_resort", str)  # as if it quoted what the error says
    look_at_traces(tmp_path / "run", time.time(), looked)
    assert leaks(looked, TRACES) == {"Report of a failure"}


def test_documents_are_looked_at_without_pdf_where_that_cannot_be_written(
    planted: Planting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    monkeypatch.setitem(sys.modules, "typst", None)  # how Python is told there is none
    looked = Looked()
    look_at_documents(opened.store, found, tmp_path / "out", looked, tell)
    assert looked.left_out == {"pdf"}
    assert looked.found == 0


def test_a_format_that_cannot_be_looked_into_is_said_to_be_left_out(
    planted: Planting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted

    def blind(content: bytes, format: str = "") -> int:
        return 0 if format == "pdf" else canaries_in_bytes(content, format)

    monkeypatch.setattr(canary_documents, "canaries_in_bytes", blind)
    looked = Looked()
    look_at_documents(opened.store, found, tmp_path / "out", looked, tell)
    assert looked.left_out == {"pdf"}
    assert not list((tmp_path / "out").glob("*.pdf"))


def test_a_command_that_breaks_the_rule_is_found(
    planted: Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    _everything_may_be_seen(monkeypatch)
    looked = Looked()
    look_at_commands(opened.path, found, looked, tell)
    plain = {"mentor talk --plain", "mentor plan --plain", "mentor needs --plain"}
    shown = {"mentor show --all", "mentor show --format json", *plain}
    assert shown <= leaks(looked, COMMANDS)


def test_commands_that_show_nothing_private_at_all_prove_nothing(
    planted: Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    monkeypatch.setattr(visibility, "shows_all", lambda _reader: False)
    with pytest.raises(NothingProved):
        look_at_commands(opened.path, found, Looked(), tell)


async def test_a_screen_that_breaks_the_rule_is_found(
    planted: Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    _everything_may_be_seen(monkeypatch)
    looked = Looked()
    await tour(opened, found, Settings(), looked, tell)
    found_in = leaks(looked, SCREENS)
    assert {"A note", "Search", "Conflicts", "Talk, each step", "Needs", "Tips"} <= found_in
    assert {"Form that was left unfinished", "All notes and answers", "Plan"} <= found_in


async def test_screens_that_hide_everything_prove_nothing(
    planted: Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, found = planted
    monkeypatch.setattr(visibility, "shows_all", lambda _reader: False)
    with pytest.raises(NothingProved):
        await tour(opened, found, Settings(), Looked(), tell)


def _in_the_state_folder() -> None:
    state_dir(os.environ).mkdir(parents=True, exist_ok=True)
    (state_dir(os.environ) / "positions.json").write_text(NOTE)


def _in_a_temporary_folder() -> None:
    (Path(tempfile.gettempdir()) / "left").write_text(NOTE)


def _in_the_name_of_the_process() -> None:
    Path("/proc/self/comm").write_text(ALL)


@pytest.mark.parametrize(
    ("leave", "place"),
    [
        (_in_the_state_folder, "State folder"),
        (_in_a_temporary_folder, "Temporary folders"),
        (_in_the_name_of_the_process, "Name and arguments of the process"),
    ],
)
def test_a_trace_is_found(tmp_path: Path, leave: Callable[[], None], place: str) -> None:
    name = Path("/proc/self/comm").read_text()
    looked = Looked()
    try:
        look_at_traces(tmp_path / "run", time.time(), looked)
        assert looked.found == 0
        leave()
        look_at_traces(tmp_path / "run", time.time(), looked)
    finally:
        Path("/proc/self/comm").write_text(name)
    assert leaks(looked, TRACES) == {place}


def test_what_is_found_is_said_without_its_surroundings(
    monkeypatch: pytest.MonkeyPatch, mentor: Mentor
) -> None:
    def leak(run: object) -> None:
        looked: Looked = run.looked  # type: ignore[attr-defined]
        looked.note(DOCUMENTS, "Overview", 0, "docx, en")
        looked.note(DOCUMENTS, "Overview", 2, "pdf, en")
        looked.note(COMMANDS, "mentor list", 0)

    monkeypatch.setattr(look, "_look", leak)
    done = mentor("doctor", "--canary", "--lang", "en")
    assert done.status == 1
    assert "  Overview: 2 (looked 2 times) · pdf, en" in done.out.splitlines()
    assert "  mentor list: 0 (looked once)" in done.out.splitlines()
    assert ALL not in done.out
    done = mentor("doctor", "--canary", "--lang", "da")
    assert "  Overblik: 2 (undersøgt 2 gange) · pdf, en" in done.out.splitlines()
    assert mentor("doctor", "--canary", "--repair").status == 2


@pytest.mark.parametrize("problem", [KeyboardInterrupt, NothingProved, OSError])
def test_nothing_is_left_where_it_does_not_come_to_its_end(
    monkeypatch: pytest.MonkeyPatch, mentor: Mentor, problem: type[BaseException]
) -> None:
    handlers = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP)]

    def fail(*_given: object) -> None:
        assert os.environ["HOME"] != home
        set_language("da")
        raise problem

    home = os.environ["HOME"]
    monkeypatch.setattr(look, "look_at_documents", fail)
    assert mentor("doctor", "--canary", "--lang", "en").status != 0
    assert os.environ["HOME"] == home
    assert language() == "en"
    assert list(Path(os.environ["XDG_DATA_HOME"], "mentorrollen").iterdir()) == []
    assert [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP)] == handlers


STARTED = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.argv.pop(1) == "screens":
    from tui.cli.canary import look
    look.look_at_documents = lambda *given: None
runpy.run_module("tui", run_name="__main__")
"""
"""Runs the program so that it hears Ctrl+C: what a shell runs in the background does not.

Its first argument says what it is to come to; the documents, which take long, come before the
screens.
"""
SIGNS = {"documents": "home/mentorrollen/*.pdf", "screens": "mentor.json.sessions/*.draft"}
"""The file that is there then."""


@pytest.mark.parametrize("at", SIGNS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_is_left_after_a_signal_among_documents_or_screens(
    file: Path, at: str, number: signal.Signals
) -> None:
    data = Path(os.environ["XDG_DATA_HOME"], "mentorrollen")
    child = subprocess.Popen(
        [sys.executable, "-c", STARTED, at, "doctor", "--canary"],
        cwd=ROOT,
        env={**os.environ, "MENTOR_FILE": str(file), "LANG": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while child.poll() is None and not any(data.glob(f"demo-*/{SIGNS[at]}")):
        time.sleep(0.01)
    child.send_signal(number)
    _out, said = child.communicate(timeout=60)
    assert child.returncode == 2
    assert b"Interrupted" in said
    assert list(data.iterdir()) == []
    assert not file.exists()
