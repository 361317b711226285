"""What one line of the list takes of a document, by values."""

from __future__ import annotations

import pytest

from data.storage.deletion import Deletion, opaque
from data.storage.journal import to_json
from data.storage.protocol import Doc

MAJA, BO, NOTE = "1790000000000000001", "1790000000000000002", "1790000000000000011"
GONE = Deletion("1", "2026-01-01", "met", "mentee", "s", {}, frozenset({opaque("s", MAJA)}))


@pytest.mark.parametrize(
    "doc",
    [
        {"mentee_id": MAJA, "text": "x"},
        {"text": "x", "mentee_id": MAJA, "talk_id": BO},
        {"key": f"form:notes:new:{MAJA}", "texts": "x"},
        {"mentee_id": "", "texts": f'{{"mentee": "{MAJA}"}}'},
    ],
)
def test_what_belongs_to_an_owner_goes_and_what_has_no_owner_and_names_one(doc: Doc) -> None:
    line = b'"%s":%s' % (NOTE.encode(), to_json(doc))
    assert GONE.takes("notes", NOTE, to_json(doc))
    assert GONE.left_of("notes", NOTE, line) is None


def test_what_belongs_to_another_stays_without_the_link() -> None:
    """An id that is made that of an owner takes nothing along that only names it."""
    doc = {"mentee_id": BO, "person_id": MAJA, "task_ids": [MAJA, NOTE], "text": "x"}
    line = b'"%s":%s' % (NOTE.encode(), to_json(doc))
    assert not GONE.takes("notes", NOTE, line)
    left = GONE.left_of("notes", NOTE, line)
    assert left == {"mentee_id": BO, "task_ids": [NOTE], "text": "x"}


@pytest.mark.parametrize("changed", ["2026-01-02T10:00:00", "soon", 5])
def test_a_time_that_cannot_be_compared_is_no_later_one(changed: object) -> None:
    """A colleague may have written it there: the deletion is made all the same."""
    part = "9" * 20
    docs = frozenset({opaque("s", part)})
    gone = Deletion("1", "2026-01-01T10:00:00+01:00", "met", "record", "s", {}, docs=docs)
    line = b'"%s":%s' % (part.encode(), to_json({"mentee_id": BO, "changed_at": changed}))
    assert gone.takes("answers", part, line)


@pytest.mark.parametrize(
    ("changed", "deleting", "taken"),
    [
        ("2026-01-01T09:00:00+01:00", True, True),
        ("2026-01-01T11:00:00+01:00", True, False),
        ("2999-01-01T10:00:00+01:00", True, True),
        ("2999-01-01T10:00:00+01:00", False, False),
    ],
)
def test_no_time_to_come_keeps_what_is_there_from_who_is_deleting_it(
    changed: str, deleting: bool, taken: bool
) -> None:
    """A colleague could have written it, and the record would stay that was said to be deleted."""
    part = "9" * 20
    ids = frozenset({part}) if deleting else frozenset()
    docs = frozenset({opaque("s", part)})
    gone = Deletion("1", "2026-01-01T10:00:00+01:00", "met", "record", "s", {}, docs=docs, ids=ids)
    line = b'"%s":%s' % (part.encode(), to_json({"mentee_id": BO, "changed_at": changed}))
    assert gone.takes("answers", part, line) is taken
