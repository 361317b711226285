"""A newer version compared with the copy in use: what is offered, taken, kept, offered again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from data.workplace.entries import Entry, Kind, Library
from data.workplace.newer import (
    BY_THEMSELVES,
    What,
    differences,
    goes_back,
    keeping,
    offered,
    renewed,
    settled,
    still_kept,
    taken,
)


def entry(kind: Kind, key: str, **values: object) -> Entry:
    return Entry(kind, key, values, f"{kind}.toml")


def library(*entries: Entry, version: str = "1", name: str = "Nordby") -> Library:
    return Library(name, version, entries=entries)


ROOM = entry(Kind.PERSON, "anne", name="Anne", place="2.14")
MOVED = entry(Kind.PERSON, "anne", name="Anne", place="3.01")
ASKED = entry(Kind.QUESTION, "occupied", text="Hvad fylder?")
REWORDED = entry(Kind.QUESTION, "occupied", text="Hvad fylder lige nu?")
COFFEE = entry(Kind.DUTY, "coffee", text="Vise kaffemaskinen", main="buddy")
LUNCH = entry(Kind.LEFT_OUT, "lunch")


def test_what_is_new_changed_and_gone_is_said_with_before_and_after() -> None:
    used = library(ASKED, COFFEE)
    found = differences(used, library(REWORDED, LUNCH, version="2"))
    assert [(one.what, one.entry.key) for one in found] == [
        (What.CHANGED, "occupied"),
        (What.NEW, "lunch"),
        (What.GONE, "coffee"),
    ]
    assert (found[0].before, found[0].after) == (ASKED, REWORDED)


def test_an_entry_that_has_moved_to_another_file_is_the_same() -> None:
    assert differences(library(ASKED), library(replace(ASKED, file="questions/andre.toml"))) == ()


def test_people_and_tips_come_by_themselves_and_nothing_else() -> None:
    folder = library(MOVED, REWORDED, version="2", name="Nordby Kommune")
    made = renewed(library(ROOM, ASKED), folder)
    assert made.entries == (MOVED, ASKED)
    assert (made.name, made.version) == ("Nordby Kommune", "2")
    assert [one.entry for one in offered(made, folder, {})] == [REWORDED]


def test_an_older_version_brings_nothing_by_itself_and_all_is_offered() -> None:
    used, folder = library(MOVED, ASKED, version="1.10"), library(ROOM, ASKED, version="1.9")
    assert goes_back(used, folder)
    assert renewed(used, folder) == used
    assert [one.entry for one in offered(used, folder, {})] == [ROOM]


def test_what_is_taken_is_as_in_the_folder_and_stands_where_it_stands_there() -> None:
    folder = library(LUNCH, REWORDED, version="2")
    made = taken(library(ASKED, COFFEE), folder, {LUNCH.name, COFFEE.name})
    assert made.entries == (LUNCH, ASKED)
    assert made.version == "1"


def test_what_is_kept_is_offered_again_only_when_it_changes_again() -> None:
    used, folder = library(ASKED), library(REWORDED, version="2")
    kept = keeping({}, differences(used, folder))
    assert offered(used, folder, kept) == ()
    again = library(replace(REWORDED, values={"text": "Hvad nu?"}), version="3")
    assert [one.what for one in offered(used, again, kept)] == [What.CHANGED]
    assert still_kept(kept, used, again) == {}
    gone = library(version="3")
    assert [one.what for one in offered(used, gone, kept)] == [What.GONE]


_entries = st.lists(
    st.builds(
        lambda kind, key, text: entry(kind, key, text=text),
        st.sampled_from([Kind.QUESTION, Kind.DUTY, Kind.PERSON, Kind.TIP]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["1", "2"]),
    ),
    unique_by=lambda one: one.name,
)
_libraries = st.builds(
    lambda entries, version: library(*entries, version=str(version)), _entries, st.integers(1, 3)
)


@given(_libraries, _libraries)
def test_all_that_is_offered_and_taken_makes_the_copy_say_what_the_folder_says(
    used: Library, folder: Library
) -> None:
    made = renewed(used, folder)
    names = [one.name for one in offered(made, folder, {})]
    whole = settled(taken(made, folder, names), folder)
    assert whole == folder
    assert differences(whole, folder) == ()


@given(_libraries, _libraries, st.data())
def test_what_is_not_taken_says_what_it_said(
    used: Library, folder: Library, data: st.DataObject
) -> None:
    made = renewed(used, folder)
    found = offered(made, folder, {})
    chosen = data.draw(st.sets(st.sampled_from([one.name for one in found]))) if found else set()
    after = taken(made, folder, chosen)
    for name, one in made.by_name().items():
        if name not in chosen:
            assert after.by_name()[name] == one
    left = {one.name for one in offered(after, folder, {})}
    assert left == {one.name for one in found} - chosen
    kept = keeping({}, offered(after, folder, {}))
    assert offered(after, folder, kept) == ()
    assert still_kept(kept, after, folder) == kept


@given(_libraries, _libraries)
def test_nobody_is_asked_about_people(used: Library, folder: Library) -> None:
    asked = {one.entry.kind for one in offered(renewed(used, folder), folder, {})}
    assert goes_back(used, folder) or not asked & BY_THEMSELVES
