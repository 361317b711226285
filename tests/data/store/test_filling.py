"""What a form held, as text and back."""

from __future__ import annotations

import pytest

from data.store.filling import Filling, from_json


def test_what_was_filled_in_is_read_back_as_it_was() -> None:
    fields = {"title": ("Før", 'Efter \u2028 {"}'), "extra.Min: kolonne": ("", "x\ny")}
    filling = Filling("tasks", "17", "4", fields, {"due": "24-11-2026"})
    assert from_json(filling.to_json()) == filling


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "[]", "null", "{", "{}"),
        '{"row": "1", "column": "title", "text": "x"}',
        '{"table": "t", "id": "1", "mentee": "", "fields": []}',
        '{"table": "t", "id": "1", "mentee": "", "fields": {"a": ["x"]}}',
        '{"table": "t", "id": "1", "mentee": "", "fields": {"a": 1}}',
        '{"table": "t", "id": "1", "mentee": "", "fields": {}, "days": 1}',
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert from_json(text) is None
