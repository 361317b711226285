"""Nothing on the first screen is cut off while there is room; what is cut stands in full below."""

from __future__ import annotations

import pytest

from data.cell_width import cell_width
from data.i18n import _
from data.records import Mentee, Task
from data.store.change import Change
from data.store.store import Store
from screens.home.screen import HomeScreen
from tests.screens.conftest import screen_text
from tui.app import MentorApp
from widgets.grid import Grid
from widgets.grid_lines import spread
from widgets.grid_model import is_cut, run_on

pytestmark = pytest.mark.usefixtures("first")
SIZES = ((80, 24), (60, 20), (120, 40), (80, 50))


def long_names(store: Store) -> None:
    """Give the mentees and tasks of the example names as long as real ones can be."""
    name = "Anne-Sofie Kirstine Østergaard-Mikkelsen"
    task = "Børnefaglig undersøgelse af søskende i en familie med to sæt værger og tolk"
    people = [Change.edited(one, name=f"{name} {one.name}") for one in store.all(Mentee)]
    tasks = [Change.edited(one, title=f"{task}: {one.title}") for one in store.all(Task)]
    store.commit([*people, *tasks])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
async def test_no_row_is_cut_off_beside_blank_lines(
    app: MentorApp, store: Store, size: tuple[int, int], long: bool
) -> None:
    if long:
        long_names(store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        for grid in app.screen.query(Grid):
            body = grid.body
            room = body.size.height - body.header - body._lines.count
            for number, row in enumerate(body.rows):
                wide = body._lines.spread.get(number)
                needs = spread(body._layout, row, body.size.width, 1)
                cut = wide.cut if wide else is_cut(run_on(body._layout.placed, row), row)
                if cut and needs is not None:
                    assert room < 1, (row.cells, room)


async def test_the_day_is_read_before_the_reason_is_cut_off(app: MentorApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        dated = [one for one in screen.lists.dues if one.on and "-20" in one.why]
        assert dated
        begins = [one.why.removeprefix("Senest ")[:2].isdigit() for one in dated]
        assert all(begins), [one.why for one in dated]


async def test_a_row_that_is_cut_off_is_whole_in_the_line_below(
    app: MentorApp, store: Store
) -> None:
    long_names(store)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        due = screen.lists.due
        assert due is not None
        assert screen.lists.today.body.is_cut
        lines = str(screen.detail.content).splitlines()
        assert len(lines) <= 2, "it has no more on the screen"
        below = " ".join(lines)
        assert due.why in below
        assert due.name in below
        assert _("Today ({number})").format(number=len(screen.lists.dues)) in screen_text(app)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_line_below_says_first_what_the_list_cuts_off_and_where_it_ends(
    app: MentorApp, store: Store, size: tuple[int, int]
) -> None:
    long_names(store)
    titles = [Change.edited(one, title="Socialrådgiver " * 12) for one in store.all(Mentee)]
    store.commit(titles)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        for _step in store.all(Mentee):
            lines = str(screen.detail.content).splitlines()
            assert len(lines) == 2
            assert max(map(cell_width, lines)) <= size[0] - 2
            assert lines[-1].endswith("…"), "the title is longer than that"
            view = screen.lists.view
            assert view is not None
            if screen.lists.mentees.body.is_cut:
                assert lines[0].startswith(view.mentee.name[:20])
            await pilot.press("down")


async def test_after_finding_the_lists_share_the_lines_as_before(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = screen_text(app)
        await pilot.press("slash", *"maja")
        await pilot.pause()
        await pilot.press("escape", "up")
        await pilot.pause()
        await pilot.pause()
        assert screen_text(app) == before
