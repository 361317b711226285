"""The library of the workplace that a process uses: set once, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.library.shared import Shared, SharedDuty, shared, use_shared
from data.library.source import with_shared
from data.records import Part, RoleKind
from data.workplace.entries import Entry, Kind, version_numbers

NORDBY = Shared("Jobcenter Nordby", "1")


@pytest.fixture(autouse=True)
def none_after() -> Iterator[None]:
    yield
    use_shared(None)


def test_there_is_none_where_none_is_set() -> None:
    assert shared() is None


def test_it_is_read_when_it_is_first_asked_for_and_only_once() -> None:
    asked: list[int] = []

    def read() -> Shared:
        asked.append(1)
        return NORDBY

    use_shared(read)
    assert not asked
    assert shared() is NORDBY
    assert shared() is NORDBY
    assert asked == [1]


def test_what_is_made_of_it_is_made_once_for_each_library() -> None:
    def add(built_in: str, library: Shared) -> str:
        return f"{built_in} {library.version}"

    assert with_shared("1", "what", add) == "1"
    use_shared(NORDBY)
    assert with_shared("1", "what", add) == "1 1"
    use_shared(Shared("Jobcenter Nordby", "2"))
    assert with_shared("1", "what", add) == "1 2"


def test_what_was_made_of_another_library_does_not_count() -> None:
    """A session reads a newer one in a thread, while this one makes something of the one before."""
    newer = Shared("Jobcenter Nordby", "2")

    def add(built_in: str, library: Shared) -> str:
        if library is NORDBY:
            use_shared(newer)
        return f"{built_in} {library.version}"

    use_shared(NORDBY)
    assert with_shared("1", "what", add) == "1 1"
    assert with_shared("1", "what", add) == "1 2"


def test_a_duty_gives_each_role_the_part_that_it_says() -> None:
    duty = SharedDuty(
        "coffee",
        main=RoleKind.BUDDY,
        takes_part=(RoleKind.NEWCOMER,),
        informed=(RoleKind.MENTOR,),
    )
    assert duty.parts() == {
        RoleKind.BUDDY: Part.MAIN,
        RoleKind.NEWCOMER: Part.TAKES_PART,
        RoleKind.MENTOR: Part.INFORMED,
    }
    assert SharedDuty("coffee").parts() == {}


def test_versions_are_compared_number_by_number() -> None:
    assert version_numbers("1.10") > version_numbers("1.9")
    assert version_numbers("2026-11-01") > version_numbers("2026-2-28")
    assert version_numbers("3") < version_numbers("3.1")
    assert version_numbers("1") == version_numbers("1.0") < version_numbers("1.0.1")
    assert version_numbers("ny") == ()
    assert version_numbers("") == ()


def test_entries_say_the_same_whichever_file_they_stand_in() -> None:
    one = Entry(Kind.TIP, "a", {"text": "x"}, "tips.toml")
    assert one.says_as(Entry(Kind.TIP, "a", {"text": "x"}, "other.toml"))
    assert not one.says_as(Entry(Kind.TIP, "a", {"text": "y"}, "tips.toml"))
    assert not one.says_as(Entry(Kind.PERSON, "a", {"text": "x"}, "tips.toml"))
