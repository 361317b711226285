"""Nobody in the example data is called as somebody in the file is."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.example import example_records
from data.example.names import nobodys
from data.records import Mentee, Person, PersonKind
from data.store.codec import encode

NOW = datetime(2026, 11, 23, 9, 30).astimezone()


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_name_of_the_file_is_nowhere_in_the_example(language: str) -> None:
    records = example_records(NOW.date(), NOW, language)
    names = [
        one.name
        for one in records
        if isinstance(one, Mentee | Person)
        and not (isinstance(one, Person) and one.kind is PersonKind.NETWORK)
    ]
    taken = [*names, "Freja Holm", "Aksel"]
    made = nobodys(records, taken)
    assert [one.id for one in made] == [one.id for one in records]
    texts = str([encode(one) for one in made])
    for name in taken:
        first = name.split()[0]
        assert f" {first} " not in texts
        assert f"'{first}" not in texts
        assert f"{first}s " not in texts
    found = [one.name for one in made if isinstance(one, Mentee)]
    assert len({*found}) == 3


def test_without_namesakes_it_is_as_it_is_written() -> None:
    records = example_records(NOW.date(), NOW, "da")
    assert nobodys(records, ["Kurt Kurtsen", ""]) == records
