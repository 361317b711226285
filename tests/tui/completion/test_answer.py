"""What a shell is answered when Tab is pressed behind `mentor`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.clock import today
from data.records import Mentee, Note
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.completion_table import TABLE, made, written
from tests.tui.cli.tools import ROOT
from tui.cli.program import COMMANDS
from tui.completion.answer import ASKED, BETWEEN, FILES, WORDS, answer, quoted, unquoted

NAMES = ("Maja Holm", "Åse 'Nørre' $HOME", "maria", "Zoë\tB.")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records/mentor.json"
    path.parent.mkdir()
    opened = open_store(path, threaded=False)
    for name in NAMES:
        mentee = Mentee(name=name, start=today())
        note = Note(mentee_id=mentee.id, text="Maria-canary", private=True)
        opened.store.commit([Change.created(mentee), Change.created(note)], name)
    opened.close()
    return path


def ask(file: Path | None, *words: str, shell: str = "bash", **more: str) -> list[str]:
    """Return what is answered behind words; the last is at the cursor."""
    environ = {ASKED: shell, WORDS: BETWEEN.join(words), "HOME": "/nowhere"} | more
    return [*answer(environ | ({"MENTOR_FILE": str(file)} if file else {}))]


# -- commands and options ------------------------------------------------------------------------


def test_the_table_is_that_of_the_commands() -> None:
    said = "make catalogue writes it"
    assert TABLE.read_text("utf-8") == written(), said
    assert list(made()["commands"]) == list(COMMANDS)


def test_commands_are_offered(file: Path) -> None:
    assert ask(file, "") == list(COMMANDS)
    assert ask(file, "ex") == ["export", "extract"]
    assert ask(file, "backup", "") == ["list", "restore", "show"]
    assert ask(file, "--lang", "da", "lis") == ["list"]
    assert ask(file, "completion", "") == ["bash", "zsh", "fish"]
    assert ask(file, "no-such-command", "") == []


def test_options_are_offered_once_and_after_a_hyphen(file: Path) -> None:
    assert "--private" in ask(file, "show", "--")
    assert ask(file, "show", "--private", "--pri") == []
    assert ask(file, "note", "--sha") == ["--shared"]
    assert ask(file, "show", "--", "--") == [], "what follows -- is no option"


def test_what_an_option_takes_is_offered(file: Path) -> None:
    assert ask(file, "--lang", "") == ["da", "en"]
    assert ask(file, "list", "--lang", "=", "d") == ["da"], "as bash parts it"
    assert ask(file, "list", "--lang", "=") == ["da", "en"]
    assert ask(file, "list", "--lang=", shell="zsh") == ["--lang=da", "--lang=en"]
    assert ask(file, "--file", "") == [FILES]
    assert ask(file, "add", "Bo", "--start", "") == []


def test_the_other_shells_are_told_what_each_is(file: Path) -> None:
    (line,) = (one for one in ask(file, "", shell="fish", LANG="da_DK.UTF-8") if "list" in one[:4])
    assert line == "list\tVis mentees, én pr. linje"
    (line,) = (one for one in ask(file, "", shell="zsh", LANG="C") if one.startswith("list"))
    assert line == "list\tList the mentees, one per line"


# -- names ---------------------------------------------------------------------------------------


def test_names_are_offered_as_they_are_to_be_typed(file: Path) -> None:
    assert ask(file, "show", "") == [
        "Maja\\ Holm",
        "Åse\\ \\'Nørre\\'\\ \\$HOME",
        "maria",
        "Zoë\\ B.",
    ]
    assert ask(file, "show", "MA") == ["Maja\\ Holm", "maria"]
    assert ask(file, "show", "Maja\\ H") == ["Maja\\ Holm"]
    assert ask(file, "show", '"Maja H') == ["Maja Holm"]
    assert ask(file, "show", "'Å") == ["Åse '\\''Nørre'\\'' $HOME"]
    assert ask(file, "show", '"Å') == ["Åse 'Nørre' \\$HOME"]
    assert ask(file, "show", "Å", shell="zsh")[1] == "Åse 'Nørre' $HOME"


@pytest.mark.parametrize("shell", ["bash", "sh"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_shell_reads_what_is_offered_as_the_name(shell: str, quote: str) -> None:
    hard = "Å $HOME `id` \"q\" 'r' \\ !x * ? [a] {b} ~ #c & ; | < > (d) = :"
    typed = f"{quote}{quoted(hard, quote)}{quote}"
    done = subprocess.run(
        [shell, "-c", f"printf %s {typed}"], capture_output=True, text=True, check=True
    )
    # a backslash before "!" within double quotes stays, where history is not expanded
    assert done.stdout.replace("\\!", "!") == hard
    assert unquoted(typed) == hard


def test_names_follow_the_command(file: Path) -> None:
    assert ask(file, "hold", "Maja", "") == ["on", "off"]
    assert ask(file, "add", "M") == [], "a new name"
    assert ask(file, "purge", "Maja", "--yes", "M") == [], "typed by hand, as a yes"
    assert ask(file, "show", "Maja", "M") == []
    assert ask(file, "export", "maj") == ["Maja\\ Holm"]
    assert ask(file, "export", "Maja", "pl") == ["plan"]
    assert ask(file, "import", "Maj") == ["Maja\\ Holm"]
    assert ask(file, "import", "./pl") == [FILES]


def test_names_are_of_the_file_that_is_named(file: Path, tmp_path: Path) -> None:
    assert ask(None, "--file", str(file), "show", "Maj") == ["Maja\\ Holm"]
    assert ask(file, "--file", str(tmp_path / "other.json"), "show", "") == []


def test_the_file_may_be_named_in_the_settings(file: Path, tmp_path: Path) -> None:
    settings = tmp_path / "etc/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'file = "{file}"\nlanguage = "da"\n')
    for_all = {"XDG_CONFIG_DIRS": str(tmp_path / "etc")}
    assert ask(None, "show", "Maj", **for_all) == ["Maja\\ Holm"]
    assert "list\tVis mentees, én pr. linje" in ask(None, "", shell="zsh", LANG="C", **for_all)


def test_without_a_file_there_is_no_answer_and_nothing_is_made(tmp_path: Path) -> None:
    assert ask(tmp_path / "none/mentor.json", "show", "") == []
    assert ask(None, "show", "", HOME=str(tmp_path)) == []
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_written_and_nothing_private_is_offered(file: Path) -> None:
    def state() -> dict[str, tuple[int, int, bytes]]:
        paths = [path for path in file.parent.rglob("*") if path.is_file()]
        found = {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in paths}
        return {name: (*about, Path(name).read_bytes()) for name, about in found.items()}

    before = state()
    for words in (["show", ""], ["note", "Maja", ""], ["backup", "restore", ""], [""]):
        assert "canary" not in " ".join(ask(file, *words))
    assert state() == before


# -- as a shell runs it --------------------------------------------------------------------------


def run(file: Path, *words: str, code: str = "import mentorrollen; mentorrollen.main()") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"MENTOR_FILE": str(file), ASKED: "bash", WORDS: BETWEEN.join(words)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def test_the_program_answers_without_click_and_textual(file: Path) -> None:
    assert run(file, "show", "Maj") == "Maja\\ Holm\n"
    code = (
        "import mentorrollen, sys; mentorrollen.main();"
        "print(sorted({'click', 'textual', 'rich', 'tinydb'} & set(sys.modules)))"
    )
    assert run(file, "show", "Maj", code=code).endswith("\n[]\n")


def test_a_file_that_cannot_be_read_is_no_error(file: Path) -> None:
    file.write_text("{")
    assert run(file, "show", "") == ""
    assert run(file, "lis") == "list\n"
