"""Own templates of plans: files that only their user may read, and what is wrong with others."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from data.i18n import set_language
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow
from data.paths import templates_folder
from data.templates.own import (
    TemplateProblem,
    TemplateThere,
    own_templates,
    read_template,
    save_template,
)

ONE = PlanTemplate("boern", "Børn og unge", rows=(TemplateRow("Journalnotat", sparring=10),))


@pytest.fixture
def folder() -> Path:
    made = templates_folder(os.environ)
    made.mkdir(parents=True)
    return made


def test_a_template_is_saved_for_its_user_alone_and_read_again() -> None:
    path = save_template(ONE, os.environ)
    assert path == templates_folder(os.environ) / "boern-og-unge.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    ((template, where),) = own_templates(os.environ).templates
    assert (template.name, template.rows, where) == (ONE.name, ONE.rows, path)


def test_no_template_is_replaced_unasked() -> None:
    path = save_template(ONE, os.environ)
    before = path.read_bytes()
    other = PlanTemplate("x", "Børn og unge", rows=(TemplateRow("Noget andet"),))
    with pytest.raises(TemplateThere, match=r"boern-og-unge\.toml already") as there:
        save_template(other, os.environ)
    assert there.value.path == path
    assert path.read_bytes() == before
    assert save_template(other, os.environ, over=True) == path
    assert read_template(path).rows == other.rows
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_name_without_letters_of_files_has_a_file_too() -> None:
    assert save_template(PlanTemplate("", "…", rows=ONE.rows), os.environ).name == "template.toml"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_is_refused_is_said_in_one_line(folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(TemplateProblem, match=r"was not saved|Nothing was written"):
        save_template(ONE, os.environ)


def test_where_the_folder_is_a_file_nothing_is_saved_and_that_is_said() -> None:
    folder = templates_folder(os.environ)
    folder.parent.mkdir(parents=True)
    folder.write_text("")
    with pytest.raises(TemplateProblem) as problem:
        save_template(ONE, os.environ)
    assert "\n" not in str(problem.value)
    assert own_templates(os.environ).templates == ()


def fifo(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.toml",
            'name = "A"\ntask = 1\n',
            "a.toml, line 2: “task” must be a list of tables: [[task]].",
        ),
        ("a.toml", 'name = "A"\n\n[[task]\n', "a.toml, line 3: this is not TOML."),
        (
            "a.toml",
            'name = "A"\n[[task]]\ntitle = "x"\n[[task]]\ntitle = "y"\n'
            'goals = [{text = "a"}, {text = "b", due = "snart"}]\n',
            "a.toml, line 6: due: “snart” is not a day",
        ),
        ("a.toml", 'name = "A"\ntask = ' + "9" * 5000, "a.toml, line 2: this is not TOML."),
        ("a.toml", b'name = "\xe6"', "a.toml is not UTF-8 text."),
        ("a.toml", b"#" * (1 << 20) + b"##", "a.toml: it is larger than 1 MB."),
        ("a.toml", fifo, "a.toml cannot be read:"),
        ("a.toml", Path.mkdir, "a.toml cannot be read:"),
        ("a.toml", lambda path: path.symlink_to("nowhere.toml"), "a.toml cannot be read:"),
        ("a.toml", lambda path: path.symlink_to("a.toml"), "a.toml cannot be read:"),
        ("a b.toml", 'name = "A"\n[[task]]\ntitle = "x"\n', "letters, digits, - and _ only"),
        ("a\x1b[31m.toml", "", "letters, digits"),
        ("a" * 61 + ".toml", "", "letters, digits"),
    ],
)
def test_a_broken_template_is_one_line_and_the_others_are_there(
    folder: Path, name: str, content: object, said: str
) -> None:
    path = folder / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else str(content).encode())
    save_template(ONE, os.environ)
    found = own_templates(os.environ)
    assert [one.name for one, _path in found.templates] == ["Børn og unge"]
    (problem,) = found.problems
    assert said in problem
    assert "\n" not in problem
    assert "\x1b" not in problem
    assert found.problem == problem


def test_several_broken_ones_are_one_line_together(folder: Path) -> None:
    (folder / "a.toml").write_text("")
    (folder / "b.toml").write_text("[")
    (folder / ".hidden.toml").write_text("[")
    (folder / "note.txt").write_text("[")
    found = own_templates(os.environ)
    assert len(found.problems) == 2
    assert found.problem == ("2 templates cannot be used; mentor template --list says why.")


def test_a_template_of_a_colleague_is_read_where_it_lies(tmp_path: Path) -> None:
    set_language("en")
    path = tmp_path / "sendt.toml"
    path.write_text('\ufeffname = "Sendt"\r\n[[task]]\r\ntitle = "Et"\r\n', "utf-8")
    assert read_template(path) == PlanTemplate("sendt", "Sendt", rows=(TemplateRow("Et"),))


def test_goals_of_a_task_come_back() -> None:
    rows = (TemplateRow("Et", goals=(TemplateGoal("Kan det", due=3),)),)
    path = save_template(PlanTemplate("k", "Mål", rows=rows), os.environ)
    assert read_template(path).rows == rows
