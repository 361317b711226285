from __future__ import annotations

from data.storage.merge import merge, merge_lists
from data.storage.protocol import Doc, DocChange, Rules

TEXTS = Rules(frozenset({"text"}))


def merged(
    before: Doc | None, after: Doc | None, current: Doc | None
) -> tuple[Doc | None, list[str]]:
    found = merge(DocChange("notes", "1", before, after), current, TEXTS, "bo")
    return found.after, [f"{c.field} {'both' if c.merged else 'theirs'}" for c in found.clashes]


def test_different_fields_merge() -> None:
    base = {"title": "a", "due": "x", "rev": 1}
    doc, clashes = merged(base, {**base, "title": "b", "rev": 2}, {**base, "due": "y", "rev": 2})
    assert doc == {"title": "b", "due": "y", "rev": 3}
    assert clashes == []


def test_the_same_single_value_changed_twice_keeps_theirs_and_tells_mine() -> None:
    base = {"status": "open", "rev": 1}
    theirs = {"status": "done", "rev": 2, "changed_by": "bo"}
    found = merge(DocChange("tasks", "1", base, {"status": "parked", "rev": 2}), theirs, TEXTS)
    assert found.after == theirs
    (clash,) = found.clashes
    assert (clash.mine, clash.theirs, clash.by, clash.merged) == ("parked", "done", "bo", False)


def test_the_same_change_made_twice_is_no_clash() -> None:
    base = {"status": "open", "rev": 1}
    assert merged(base, {"status": "done", "rev": 2}, {"status": "done", "rev": 2}) == (
        {"status": "done", "rev": 2},
        [],
    )


def test_objects_merge_key_by_key() -> None:
    base = {"parts": {"1": "main", "2": "informed"}}
    mine = {"parts": {"1": "main", "2": "informed", "3": "takes_part"}}
    theirs = {"parts": {"1": "informed"}}
    assert merged(base, mine, theirs) == ({"parts": {"1": "informed", "3": "takes_part"}}, [])
    assert merged(base, {"parts": {"1": "takes_part"}}, theirs)[1] == ["parts.1 theirs"]


def test_an_object_may_be_absent_on_one_side() -> None:
    assert merged({}, {"extra": {"a": "1"}}, {"extra": {"b": "2"}})[0] == {
        "extra": {"a": "1", "b": "2"}
    }


def test_lists_take_what_both_added_and_took_out() -> None:
    assert merge_lists(["a", "b"], ["b", "c"], ["a", "b", "d"]) == ["b", "d", "c"]


def test_edits_at_different_places_of_a_text_merge() -> None:
    base = "Først dette. Så hint."
    doc, clashes = merged(
        {"text": base}, {"text": "Allerførst dette. Så hint."}, {"text": base + " Til sidst."}
    )
    assert doc == {"text": "Allerførst dette. Så hint. Til sidst."}
    assert clashes == []


def test_edits_at_the_same_place_keep_both_texts_and_say_so() -> None:
    doc, clashes = merged({"text": "Ja."}, {"text": "Ja. Min."}, {"text": "Ja. Din."})
    assert doc == {"text": "Ja. Din.\nMin."}
    assert clashes == ["text both"]


def test_a_deleted_record_that_was_edited_meanwhile_stays() -> None:
    base = {"text": "a", "rev": 1}
    doc, clashes = merged(base, None, {"text": "ab", "rev": 2})
    assert doc == {"text": "ab", "rev": 2}
    assert clashes == ["text theirs"]


def test_only_bookkeeping_does_not_keep_a_record_from_being_deleted() -> None:
    assert merged({"text": "a", "rev": 1}, None, {"text": "a", "rev": 5}) == (None, [])


def test_what_was_written_into_a_deleted_record_is_told() -> None:
    found = merge(DocChange("n", "1", {"text": "a"}, {"text": "ab"}), None, TEXTS, "bo")
    assert found.after is None
    assert [(c.mine, c.theirs, c.by) for c in found.clashes] == [("ab", None, "bo")]


def test_a_record_that_two_made_at_once_has_what_both_wrote_and_began_with_the_first() -> None:
    theirs = {"key": "next", "text": "Ja", "rev": 1, "created_at": "08:00", "changed_by": "bo"}
    mine = {"key": "next", "text": "Nej", "rev": 1, "created_at": "08:01", "changed_by": "met"}
    both = {**theirs, "text": "Ja\nNej", "rev": 2, "changed_by": "met"}
    assert merged(None, mine, theirs) == (both, ["text both"])


def test_of_a_record_that_both_made_the_time_of_the_first_stays() -> None:
    rules = Rules(moments=frozenset({"at"}))
    mine, theirs = ({"rev": 1, "at": f"2026-11-29T10:00:0{n}+01:00", "text": "x"} for n in (2, 1))
    merged = merge(DocChange("notes", "1", None, mine), theirs, rules)
    assert (merged.after, merged.clashes) == (theirs, [])
    edited = DocChange("notes", "1", {**mine, "at": "0"}, mine)
    assert [one.field for one in merge(edited, theirs, rules).clashes] == ["at"]
