"""Somebody loses a role, or is no mentor any more, while writing: told at once, nothing is lost."""

from __future__ import annotations

import pytest

from data.i18n import _
from data.records import Conflict, Mentee, Note, Role, RoleKind
from data.storage.postgres.schema import revoke_script
from data.storage.problems import ErrorKind, Notice, NoticeKind
from data.store.change import Change
from data.store.store import SaveState, Store
from screens.conflicts.kept import KeptTextScreen
from screens.conflicts.screen import ConflictsScreen
from screens.frame.places import load
from screens.home.screen import HomeScreen
from screens.note.screen import NoteScreen
from screens.search.screen import SearchScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import Keys, screen_text
from tests.tools.hurry import until
from tui.app import MentorApp
from widgets import note_area

SHARED = {
    "a note": ("n", "f4", *"ord"),
    "the talk": ("enter", "t", *"ord"),
    "a step of it with a list": ("enter", "t", "pagedown", "pagedown", *"ord"),
    "a cell of the plan": ("enter", "2", "enter", "ctrl+u", *"ord"),
    "a long text of the plan": ("enter", "2", "i", *"ord"),
}
"""Where something is written that others of the mentee's mentors see, and the keys that do it."""
PRIVATE = ("n", *"ord")
"""The keys that write a private note."""
PLACES = {
    "the home screen": (),
    "the overview": ("enter",),
    "the plan": ("2",),
    "talks": ("3",),
    "roles": ("4",),
    "people": ("5",),
    "needs": ("6",),
    "actions": ("7",),
    "expectations": ("0",),
    "a form": ("e", *"ord"),
    "a form of the plan": ("2", "e"),
    "search": ("slash", "slash", *"maja"),
    "help": ("f1",),
    "the list of commands": ("ctrl+p",),
    "all notes": ("enter", "N"),
    "the history": ("enter", "H"),
}
"""Where one may stand, and the keys that lead there from the home screen."""


class Loss:
    """What Bo loses, and how the app says so."""

    def __init__(self, mette: Store, team: TeamServer, *, role: bool) -> None:
        self._mette, self._team, self.is_role = mette, team, role
        kind, name = (
            (NoticeKind.ROLE_ENDED, "Maja Holm") if role else (NoticeKind.MEMBER_ENDED, "team")
        )
        self.said = str(Notice(kind, name=name))

    async def come(self, app: MentorApp, keys: Keys) -> None:
        """Mette takes Bo's role, or an administrator Bo from the team; wait until that is known."""
        if self.is_role:
            (role,) = (one for one in self._mette.all(Role) if one.kind is RoleKind.CO_MENTOR)
            self._mette.commit([Change.deleted(role)])
        else:
            script = revoke_script("team", "bo", None)
            self._team.server.execute(script, database=self._team.database)
        await until(lambda: not app.store.all(Mentee))
        await keys.pause()


@pytest.fixture
def role(mette: Store, team: TeamServer) -> Loss:
    return Loss(mette, team, role=True)


@pytest.fixture
def membership(mette: Store, team: TeamServer) -> Loss:
    return Loss(mette, team, role=False)


@pytest.fixture(params=[True, False], ids=["a role", "the membership"])
def loss(request: pytest.FixtureRequest, mette: Store, team: TeamServer) -> Loss:
    return Loss(mette, team, role=bool(request.param))


async def press(app: MentorApp, keys: Keys, pressed: tuple[str, ...]) -> None:
    for key in pressed:
        await keys.press(key)
        await keys.pause()


def words(app: MentorApp) -> str:
    """Return what the screen in front says, as one line."""
    return " ".join(screen_text(app).replace("│", " ").split())


def kept(store: Store) -> list[str]:
    """Return the texts of the conflicts in which nobody has chosen yet."""
    return [one.mine for one in store.all(Conflict) if not one.settled]


@pytest.mark.parametrize("front", SHARED)
async def test_what_is_being_typed_goes_on_and_is_kept(
    app: MentorApp, store: Store, loss: Loss, front: str
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, SHARED[front])
        await loss.come(app, keys)
        assert isinstance(app.screen, KeptTextScreen)
        assert loss.said in words(app)
        await press(app, keys, tuple("axe"))
        assert "ordaxe" in words(app)
        await press(app, keys, ("escape",))
        assert isinstance(app.screen, HomeScreen)
        assert loss.said in words(app)
        assert store.flush(2) is loss.is_role
        await keys.pause()
        assert kept(store) == ["ordaxe"]
        await press(app, keys, ("exclamation_mark",))
        assert isinstance(app.screen, ConflictsScreen)
        assert "ordaxe" in words(app)
        assert ("NOT SAVED" in words(app)) is (not loss.is_role)


async def test_what_had_been_saved_of_a_text_is_kept_with_what_is_typed_on(
    app: MentorApp, store: Store, role: Loss, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the user has paused: then a field may show what the records have."""
    monkeypatch.setattr(note_area, "PAUSE_SECONDS", 0.0)
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, ("n", "f4", *"First"))
        await until(lambda: store.status.state is SaveState.SAVED)
        await press(app, keys, ("space", *"second"))
        assert store.flush()
        await role.come(app, keys)
        assert isinstance(app.screen, KeptTextScreen)
        await press(app, keys, ("space", *"third"))
        assert app.screen.area.text == "First second third"
        await press(app, keys, ("escape",))
        assert store.flush()
    assert kept(store) == ["First second third"]


async def test_a_private_note_stays_its_authors_own(
    app: MentorApp, store: Store, role: Loss
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, PRIVATE)
        await role.come(app, keys)
        assert isinstance(app.screen, NoteScreen)
        assert role.said in words(app)
        await press(app, keys, ("a", "x", "e", "f4"))
        assert _("The mentee is not shown to you, so it stays private") in words(app)
        await press(app, keys, ("escape",))
        assert isinstance(app.screen, HomeScreen)
        assert _("Your private note is saved for you alone; / / finds it") in words(app)
        await press(app, keys, ("slash", "slash", *"ordaxe"))
        assert isinstance(app.screen, SearchScreen)
        await press(app, keys, ("enter",))
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.area.text == "ordaxe"
        assert app.screen.area.has_focus
        await press(app, keys, ("escape", "escape"))
    assert store.flush()
    (note,) = store.all(Note)
    assert (note.text, note.private) == ("ordaxe", True)


async def test_nothing_that_is_not_saved_is_called_so(
    app: MentorApp, store: Store, membership: Loss
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, PRIVATE)
        await membership.come(app, keys)
        assert membership.said in words(app)
        await press(app, keys, tuple("axe"))
        await until(lambda: store.status.state is SaveState.FAILED)
        await press(app, keys, ("escape",))
        assert isinstance(app.screen, HomeScreen)
        assert store.status.problem is not None
        assert store.status.problem.kind is ErrorKind.NO_MEMBER
        assert _("NOT SAVED") in words(app)
        assert "saved for you" not in words(app)
        assert [note.text for note in store.all(Note)] == ["ordaxe"]


@pytest.mark.parametrize("place", PLACES)
async def test_every_screen_can_be_left_and_says_why(
    app: MentorApp, membership: Loss, place: str
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, PLACES[place])
        await membership.come(app, keys)
        for _step in range(6):
            await press(app, keys, ("escape",))
        assert isinstance(app.screen, HomeScreen)
        assert membership.said in words(app)
        assert _("There are no mentees yet.") not in words(app)
        assert app.crash is None
        await press(app, keys, ("f1",))
        assert not isinstance(app.screen, HomeScreen)


async def test_a_form_that_is_saved_then_is_kept_and_that_is_said(
    app: MentorApp, store: Store, role: Loss
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, ("2", "e", *"ord"))
        await role.come(app, keys)
        assert role.said in words(app)
        await press(app, keys, ("a", "f10"))
        await until(lambda: kept(store))
        await keys.pause()
        assert kept(store) == ["Underretningorda"]
        assert isinstance(app.screen, HomeScreen)
        said = _("You have no access to it any more. Your text is kept; ! shows it.")
        assert said in words(app)
        await press(app, keys, ("exclamation_mark",))
        await until(lambda: isinstance(app.screen, ConflictsScreen))


async def test_one_who_is_in_the_team_no_more_is_not_told_to_begin(
    app: MentorApp, membership: Loss
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await membership.come(app, keys)
        assert membership.said in words(app)
        assert "adds your first mentee" not in words(app)
        await press(app, keys, ("a", "F", "f10"))
        await until(lambda: app.store.status.state is SaveState.FAILED)
        await keys.pause()
        assert str(app.store.status.problem).startswith(
            "Your login is not a mentor in the team team of "
        )


async def test_no_other_mentee_is_named_to_one_who_looks_on(
    app: MentorApp, store: Store, mette: Store
) -> None:
    (role,) = (one for one in mette.all(Role) if one.kind is RoleKind.CO_MENTOR)
    noah = Mentee(name="Noah Lind")
    second = Role(mentee_id=noah.id, kind=RoleKind.CO_MENTOR, person_id=role.person_id)
    mette.commit([Change.created(noah), Change.created(second)])
    async with app.run_test(size=(80, 24)) as keys:
        await until(lambda: len(store.all(Mentee)) == 2)
        await keys.pause()
        app.push_screen(load("overview")(app.context, role.mentee_id))
        await keys.pause()
        await press(app, keys, ("f6",))
        mette.commit([Change.deleted(second)])
        await until(lambda: len(store.all(Mentee)) == 1)
        await keys.pause()
        assert "Maja Holm" in words(app)
        assert "Noah" not in words(app)
        await press(app, keys, ("f6", "escape"))
        assert isinstance(app.screen, HomeScreen)
