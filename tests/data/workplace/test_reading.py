"""A library folder: what is right becomes entries, and what is wrong a line with file and line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.paths import read_start
from data.workplace import folder as of_folder
from data.workplace.entries import Kind
from data.workplace.reading import read_folder
from data.workplace.rules import entries_of
from data.workplace.values import values_of
from tests.data.workplace.library_folder import HEAD, WHOLE, put, write_library


def said(folder: Path) -> list[str]:
    reading = read_folder(folder)
    assert (reading.library is None) == bool(reading.faults)
    return [fault.said(folder) for fault in reading.faults]


def test_a_whole_library_is_read(tmp_path: Path) -> None:
    library = read_folder(write_library(tmp_path)).library
    assert library is not None
    assert (library.name, library.version, library.language) == ("Jobcenter Nordby", "1", "da")
    kinds = {entry.kind for entry in library.entries}
    assert kinds == {*Kind}
    found = values_of(library)
    assert found.left_out == ("lunch",)
    assert [one.key for one in found.duties] == ["systems", "coffee"]
    assert found.duties[0].due_days == 10
    assert found.rhythms[0].stretches == ((1, 8), (3, 40))
    assert found.materials[0].about == "Hvordan vi gør hos os."
    assert found.texts["sparring_culture"].title == "Sådan sparrer vi i Nordby"
    assert found.texts["sparring_culture"].text == "Vi spørger først.\n\n- Døren er åben"
    assert found.expectations["minutes"].value == 60
    assert found.templates[0].key == "first-weeks"
    assert found.templates[0].rows[0].sparring == 10
    assert found.people[0].file == "people.toml"
    assert found.tips[0].text == "Skriv samme dag."


def test_the_head_alone_is_a_library(tmp_path: Path) -> None:
    put(tmp_path, "library.toml", HEAD)
    library = read_folder(tmp_path).library
    assert library is not None
    assert library.entries == ()


def test_without_a_head_it_is_none(tmp_path: Path) -> None:
    assert said(tmp_path) == ["library.toml: A library needs this file, with its name and version."]
    assert said(tmp_path / "gone") == [f"{tmp_path}/gone: There is no such folder."]
    put(tmp_path, "file", "")
    assert said(tmp_path / "file") == [f"{tmp_path}/file: It is no folder."]


WRONG = {
    "no_toml": ("duties", '[[duty]]\nkey = "a\n', "duties.toml:2: This is not TOML."),
    "ends_early": ("tips", 'x = [\n"a",\n', "tips.toml:2: This is not TOML."),
    "twice": ("tips", '[[tip]]\ntext = "a"\ntext = "b"\n', "tips.toml:3: The same name is there"),
    "unknown": ("tips", '[[tip]]\ntext = "a"\n\n[[tip]]\ntxt = "b"\n', "tips.toml:5: “txt” is not"),
    "unknown_list": ("tips", '[[tips]]\ntext = "a"\n', "tips.toml:1: “tips” is not known here"),
    "no_list": ("tips", "tip = 3\n", "tips.toml:1: “tip” must be a list of tables: [[tip]]."),
    "type": ("tips", "[[tip]]\ntext = 4\n", "tips.toml:2: “text” must be a text"),
    "lacks": ("people", '[[person]]\nname = "A"\n', "people.toml:1: “key” is needed"),
    "bad_key": ("people", '[[person]]\nkey = "a b"\nname = "A"\n', "people.toml:2: A key is at"),
    "key_twice": (
        "people",
        '[[person]]\nkey = "a"\nname = "A"\n\n[[person]]\nkey = "a"\nname = "B"\n',
        "people.toml:5: “a” is there twice, also at people.toml:1.",
    ),
    "role": ("duties", '[[duty]]\nkey = "systems"\nmain = "boss"\n', "duties.toml:3: “main” must"),
    "two_parts": (
        "duties",
        '[[duty]]\nkey = "systems"\nmain = "buddy"\ninformed = ["buddy"]\n',
        "duties.toml:1: A role has one part only",
    ),
    "due": ("duties", '[[duty]]\nkey = "systems"\ndue = "snart"\n', "duties.toml:3: due: “snart”"),
    "no_main": ("duties", '[[duty]]\nkey = "x"\ntext = "X"\n', "duties.toml:1: “main” is needed"),
    "left_out": ("duties", 'leave_out = [\n"lunch",\n"dinner"]\n', "duties.toml:3: “dinner” is no"),
    "rhythm": (
        "rhythms",
        '[[rhythm]]\nkey = "x"\ntitle = "X"\nstretch = [{ until_week = 0, every_weeks = 1 }]\n',
        "rhythms.toml:4: “until_week” must be a whole number from 1 to 520.",
    ),
    "falling": (
        "rhythms",
        '[[rhythm]]\nkey = "x"\ntitle = "X"\nstretch = [\n{ until_week = 9, every_weeks = 1 },\n'
        "{ until_week = 4, every_weeks = 2 }]\n",
        "rhythms.toml:4: Write stretches such as { until_week = 4",
    ),
    "built_in": ("rhythms", '[[rhythm]]\nkey = "asye"\ntitle = "X"\n', "rhythms.toml:2: “asye” is"),
    "number": ("expectations", "minutes = 2\n", "expectations.toml:1: “minutes” must be a whole"),
    "a_flag": (
        "expectations",
        "minutes = true\n",
        "expectations.toml:1: “minutes” must be a whole",
    ),
    "field": ("expectations", 'money = "1"\n', "expectations.toml:1: “money” is not known here"),
    "screen": (
        "materials",
        '[[material]]\nkey = "article"\nstep = "x"\n',
        "materials.toml:3: “step” must be",
    ),
    "other": ("question", 'a = "b"\n', "question.toml: It is no file of a library; they are"),
    "general": (
        "questions/1",
        '[[question]]\nkey = "occupied"\ntext = "Hvordan går {task}?"\n',
        "questions/1.toml:3: With “{task}” in “text”, “general” is needed",
    ),
    "no_question": (
        "questions/1",
        '[[question]]\nkey = "since"\ntext = "Hvad så?"\n',
        "questions/1.toml:3: This step asks no question",
    ),
    "after": (
        "questions/1",
        '[[question]]\nkey = "mine"\ntext = "Hvad så?"\nafter = "nothing"\n',
        "questions/1.toml:4: “after” must be one of frame, since,",
    ),
    "long_title": (
        "questions/1",
        '[[question]]\nkey = "mine"\ntext = "Hvad så?"\ntitle = "Femten tegn her"\n',
        "questions/1.toml:4: “title” has at most 14 characters",
    ),
    "title_of_step": (
        "questions/1",
        '[[question]]\nkey = "since"\ntitle = "Siden"\n',
        "questions/1.toml:3: “title” is for further questions only.",
    ),
    "no_text": ("duties", '[[duty]]\nkey = "systems"\ntext = ""\n', "duties.toml:3: “text” is"),
    "no_title": (
        "materials",
        '[[material]]\nkey = "article"\ntitle = ""\n',
        "materials.toml:3: “title” is needed, and must not be empty.",
    ),
    "no_list_of_roles": (
        "duties",
        '[[duty]]\nkey = "systems"\ntakes_part = "newcomer"\n',
        "duties.toml:3: “takes_part” must be a list of texts",
    ),
    "one_bracket": (
        "duties",
        '[duty]\nkey = "systems"\n',
        "duties.toml:1: “duty” must be a list of tables: [[duty]].",
    ),
    "one_bracket_twice": (
        "duties",
        '[duty]\nkey = "systems"\n\n[duty]\nkey = "lunch"\n',
        "duties.toml:4: A list of tables has two brackets on each: [[duty]].",
    ),
    "one_bracket_after_two": (
        "duties",
        '[[duty]]\nkey = "systems"\n\n[duty] # og\nkey = "lunch"\n',
        "duties.toml:4: A list of tables has two brackets on each: [[duty]].",
    ),
    "other_braces": (
        "questions/1",
        '[[question]]\nkey = "skills"\ntext = "Hvad gav »{opgave}«?"\n',
        "questions/1.toml:3: “{opgave}” stays as it is here",
    ),
    "braces_in_general": (
        "questions/1",
        '[[question]]\nkey = "skills"\ngeneral = "Hvad gav {task}?"\n',
        "questions/1.toml:3: “{task}” stays as it is here",
    ),
    "plan": ("plans/first", 'name = "A"\n[[task]]\ntype = "b"\n', "plans/first.toml:2: “title” is"),
    "version": ("library", 'name = "A"\nversion = "ny"\n', "library.toml:2: A version is numbers"),
    "version_3": ("library", 'name = "A"\nversion = 3\n', "library.toml:2: “version” must be a"),
    "date": ("library", f'{HEAD}date = "1-1-2026"\n', "library.toml:3: Write the date without"),
    "language": ("library", f'{HEAD}language = "de"\n', "library.toml:3: “language” must be one"),
    "long_name": ("library", f'name = "{"x" * 61}"\nversion = "1"\n', "library.toml:1: At most 60"),
    "name": ("library", 'name = ""\nversion = "1"\n', "library.toml:1: “name” is needed"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_names_file_and_line(tmp_path: Path, name: str) -> None:
    file, text, line = WRONG[name]
    write_library(tmp_path, {"library.toml": HEAD, f"{file}.toml": text})
    found = said(tmp_path)
    assert any(one.startswith(line) for one in found), found


def test_all_faults_are_found_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = {**WHOLE, "texts/notes.md": "x", "texts/your_data.md": "Uden titel\n"}
    write_library(tmp_path, files, tips="[[tip]]\n", people="[[person]]\nkey = 3\n")
    starts = [one.partition(" ")[0] for one in said(tmp_path)]
    assert starts == [
        "people.toml:1:",
        "people.toml:2:",
        "tips.toml:1:",
        "texts/notes.md:",
        "texts/your_data.md:1:",
    ]


def test_it_is_said_in_danish_too(tmp_path: Path) -> None:
    from data.i18n import set_language

    write_library(tmp_path, {"library.toml": HEAD}, tips="[[tip]]\ntext = 1\n")
    set_language("da")
    assert said(tmp_path) == ["tips.toml:2: »text« skal være en tekst i anførselstegn."]


# -- hostile files --------------------------------------------------------------------------------


def test_what_is_no_ordinary_file_is_a_line(tmp_path: Path) -> None:
    write_library(tmp_path, {"library.toml": HEAD})
    os.mkfifo(tmp_path / "tips.toml")
    (tmp_path / "people.toml").symlink_to("/dev/zero")
    (tmp_path / "duties.toml").symlink_to("duties.toml")
    (tmp_path / "rhythms.toml").symlink_to("nowhere")
    (tmp_path / "materials.toml").mkdir()
    (tmp_path / "expectations.toml").write_bytes(b"minutes = 3\n# \xff\n")
    (tmp_path / "questions").write_text("a file")
    assert said(tmp_path) == [
        "duties.toml: It cannot be read: it is a link that leads back to itself.",
        "rhythms.toml: The file is gone, or it is a link to one that is.",
        "people.toml: It is no ordinary file.",
        "tips.toml: It is no ordinary file.",
        "materials.toml: It is a folder, and a file is looked for.",
        "expectations.toml:2: The file is not UTF-8 text. Save it as UTF-8.",
        "questions: It is no folder.",
    ]


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    write_library(tmp_path, {"library.toml": HEAD})
    with (tmp_path / "tips.toml").open("wb") as file:
        file.truncate(10 << 20)
    assert said(tmp_path) == [
        "tips.toml: The file has more than 1 MB. A library has texts that people write by hand."
    ]


_DEEP = "Tables stand too deep in one another. Keep to the tables of the examples."
_NO_TOML = "This is not TOML. Check quotation marks, = and brackets on the line and above it."


@pytest.mark.parametrize(
    ("value", "said_of_it"),
    [
        (f"minutes{'.a' * 2_000} = 1", _DEEP),
        (f"minutes{'.a' * 400_000} = 1", _DEEP),
        (f"[minutes{'. a' * 300_000}]", _DEEP),
        (f"minutes = {'{a.a.a.a=' * 40}1{'}' * 40}", _DEEP),
        (f"minutes = {'[' * 40}{']' * 40}", _DEEP),
        (f"minutes = {'[' * 5_000}{']' * 5_000}", _DEEP),
        (f"minutes = {'9' * 5_000}", _NO_TOML),
        (f"minutes = [0x{'f' * 5_000}]", _NO_TOML),
    ],
    ids=range(8),
)
def test_what_no_hand_has_written_is_a_line(tmp_path: Path, value: str, said_of_it: str) -> None:
    """Such a text would end in a traceback, or take minutes of the start of the program."""
    write_library(tmp_path, {"library.toml": HEAD})
    put(tmp_path, "expectations.toml", f"# What is expected\n{value}")
    assert said(tmp_path) == [f"expectations.toml:2: {said_of_it}"]


def test_all_files_have_a_limit_together(tmp_path: Path) -> None:
    write_library(tmp_path, {"library.toml": HEAD})
    for number in range(5):
        put(tmp_path, f"questions/{number}.toml", "#" * (1 << 20))
    assert said(tmp_path) == ["questions/3.toml: The files of a library are at most 4 MB together."]
    for number in range(500):
        put(tmp_path, f"plans/{number}.toml", "")
    assert said(tmp_path) == [f"{tmp_path}: There are more than 500 files in it."]


def test_a_file_that_goes_while_it_is_read_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_library(tmp_path)
    ordinary = read_start

    def goes(path: Path, most: int) -> bytes:
        if path.name == "tips.toml":
            path.unlink()
        return ordinary(path, most)

    monkeypatch.setattr(of_folder, "read_start", goes)
    assert said(tmp_path) == ["tips.toml: The file is gone, or it is a link to one that is."]


def test_what_editors_leave_is_no_file_of_a_library(tmp_path: Path) -> None:
    write_library(tmp_path)
    for name in (".tips.toml.swp", "tips.toml~", ".#tips.toml", "README.md", "questions/.x.toml"):
        put(tmp_path, name, "not = = toml")
    (tmp_path / ".git").mkdir()
    assert said(tmp_path) == []


def test_the_texts_are_cleaned(tmp_path: Path) -> None:
    write_library(tmp_path, {"library.toml": 'name = "A\\u001b[31mB\\u202e"\nversion = "1"\n'})
    library = read_folder(tmp_path).library
    assert library is not None
    assert library.name == "AB"


def test_the_name_of_a_file_steers_no_terminal(tmp_path: Path) -> None:
    write_library(tmp_path)
    put(tmp_path, "questions/\x1b[31mred\n.toml", '[[question]]\nkey = "a b"\n')
    assert said(tmp_path)[0].startswith("questions/red .toml:2: A key is at most")


def test_a_name_that_no_folder_can_have_is_a_line() -> None:
    assert said(Path("/a\0b")) == ["/ab: There is no such folder."]


# -- the fingerprint ------------------------------------------------------------------------------


def test_the_fingerprint_changes_where_size_and_time_of_a_text_stay(tmp_path: Path) -> None:
    """As when a file is copied there with its time kept (`cp -p`, rsync)."""
    write_library(tmp_path)
    file = tmp_path / "tips.toml"
    os.utime(file, (1, 1))
    before, text = of_folder.fingerprint(tmp_path), file.read_text("utf-8")
    file.write_text(text.upper(), "utf-8")
    os.utime(file, (1, 1))
    assert of_folder.fingerprint(tmp_path) != before


def test_the_fingerprint_changes_with_each_file(tmp_path: Path) -> None:
    write_library(tmp_path)
    seen = {of_folder.fingerprint(tmp_path)}
    assert of_folder.fingerprint(tmp_path) in seen
    put(tmp_path, "tips.toml", "# another size\n")
    seen.add(of_folder.fingerprint(tmp_path))
    os.utime(tmp_path / "tips.toml", ns=(1, 1))
    seen.add(of_folder.fingerprint(tmp_path))
    put(tmp_path, "questions/20.toml", "")
    seen.add(of_folder.fingerprint(tmp_path))
    (tmp_path / "tips.toml").unlink()
    seen.add(of_folder.fingerprint(tmp_path))
    assert len(seen) == 5
    assert of_folder.fingerprint(tmp_path / "gone") == ""


# -- whatever stands there ------------------------------------------------------------------------

_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "text", "stretch", "goals", "due", "x"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.sampled_from(["questions/a.toml", "plans/a.toml", *of_folder.FILES[1:]]),
    st.dictionaries(
        st.sampled_from(
            ["question", "duty", "leave_out", "rhythm", "person", "tip", "material", "task", "name"]
        ),
        st.lists(
            st.dictionaries(
                st.sampled_from(
                    ["key", "text", "name", "title", "stretch", "main", "due", "goals"]
                ),
                _ANY,
            )
        )
        | _ANY,
    ),
)
def test_whatever_a_file_says_it_is_read_without_an_error(
    file: str, values: dict[str, object]
) -> None:
    from data.library.tables import Table
    from data.workplace.entries import Library

    whole = Table((), values, [])
    entries = tuple(entry for entry, _place in entries_of(file, whole, "da"))
    values_of(Library("A", "1", entries=entries))


def test_the_copy_of_an_entry_says_what_the_folder_says(tmp_path: Path) -> None:
    library = read_folder(write_library(tmp_path)).library
    assert library is not None
    assert read_folder(tmp_path).library == library
