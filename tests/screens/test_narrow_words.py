"""At 60 columns what counts is not cut off: numbers, facts, and what a note is about."""

from __future__ import annotations

import pytest

from data.cell_width import cell_width
from data.clock import today
from data.i18n import set_language
from data.method.mentorship.pointers import pointers
from data.method.visibility import Reader
from data.queries.views import due_limits, mentee_view
from data.settings import Settings
from data.store.store import Store
from screens.note.head import head_line
from screens.overview.page import Room, rows, whole_page
from tests.screens.places import mentee

LONG = "Anne-Sofie Kirstine Mikkelsen-Bagger Hvidtfeldt"


@pytest.fixture(params=["en", "da"])
def language(request: pytest.FixtureRequest) -> object:
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
def test_the_overview_says_how_far_and_what_the_pointers_rest_on(
    store: Store, language: str, size: tuple[int, int]
) -> None:
    view, room = mentee_view(store, mentee(store)), Room(*size)
    limits = due_limits(Settings())
    page = whole_page(view, today(), limits, Reader.MENTOR, room, all_tasks=False)
    lines = {line.id: line for section in page for line in section.lines}
    for id in ("professional", "social", "goals"):
        assert cell_width(lines[id].text) <= room.text, lines[id].text
    for row in rows(page, room):
        if row.heading:
            assert cell_width("".join(row.cells.values())) <= size[0] - 2, row.cells
    for pointer in pointers(view, today(), limits):
        assert cell_width(pointer.rests_on) <= Room(80, 24).text


@pytest.mark.parametrize("width", [58, 78])
@pytest.mark.parametrize("about", ["ingen opgave", "Samtale med barnet"])
def test_a_long_name_leaves_room_for_what_the_note_is_about(width: int, about: str) -> None:
    def head(name: str, width: int) -> str:
        return head_line(("Privat", "Note"), name, week="uge 6", day="", about=about, width=width)

    assert cell_width(head(LONG, width)) <= width
    assert head(LONG, width).endswith(f"… (uge 6) · {about}")
    assert head("Bo", width) == f"Privat · Note · Bo (uge 6) · {about}"
    assert "Anne-Sofie… (uge 6)" in head(LONG, 20)
