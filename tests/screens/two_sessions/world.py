"""One record of each kind, two sessions on one real file, and how a form of the first is filled in.

The first session is the app; keys are pressed in it. The second writes in the same file meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot

from data.clock import now, today
from data.records import (
    Action,
    Agreement,
    Answer,
    Conflict,
    Duty,
    DutyKind,
    Goal,
    Intent,
    Introduction,
    Knowledge,
    Mentee,
    Need,
    Note,
    NoteKind,
    Person,
    Question,
    Record,
    Role,
    RoleKind,
    Talk,
    TalkState,
    Task,
    Tip,
)
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.dialogs.form import FormDialog
from tests.tools import hurry
from tui.app import MentorApp
from widgets.checked_input import CheckedInput

OTHER = "mette"
"""Login name of the second session."""
CALLED = OTHER
"""What the screen calls who writes in it."""
R = TypeVar("R", bound=Record)
Keys = Pilot[int]


def one_of_each() -> dict[str, Record]:
    """Return a mentee and one record of each kind that has a form, by what they are."""
    maja = Mentee(name="Maja Holm", start=date(2026, 10, 19))
    id = maja.id
    karin = Person(name="Karin Juhl", contact="lokal 12")
    task = Task(mentee_id=id, title="Underretning", type="Samtale", order=1.0)
    talk = Talk(
        mentee_id=id,
        number=1,
        planned_on=today(),
        state=TalkState.RUNNING,
        started_at=now(),
        step="close",
        task_ids=(task.id,),
    )
    return {
        "mentee": maja,
        "person": karin,
        "role": Role(mentee_id=id, kind=RoleKind.MENTOR, person_id=karin.id, relation="samme team"),
        "own role": Role(mentee_id=id, kind=RoleKind.OWN, name="Vejviser", order=9.0),
        "duty": Duty(mentee_id=id, text="Vise rundt", order=1.0),
        "system": Duty(mentee_id=id, text="DUBU", kind=DutyKind.SYSTEM, order=2.0),
        "introduction": Introduction(mentee_id=id, person_id=karin.id, about="Økonomi"),
        "action": Action(mentee_id=id, what="Ringe til skolen", talk_id=talk.id),
        "doubt": Note(mentee_id=id, kind=NoteKind.DOUBT, text="Hvem skal høres?", at=now()),
        "tip": Tip(text="Tegn sammen", task_type="Samtale"),
        "tip note": Note(mentee_id=id, kind=NoteKind.TIP, text="Spørg barnet først", at=now()),
        "need": Need(mentee_id=id, area="Notater", need="kortere"),
        "knowledge": Knowledge(mentee_id=id, title="Barnets lov"),
        "task": task,
        "goal": Goal(mentee_id=id, task_id=task.id, text="Kan vurdere"),
        "talk": talk,
        "next": Talk(mentee_id=id, number=2, planned_on=date(2026, 12, 14)),
        "expectations": Agreement(mentee_id=id, purpose="Tryghed", place="Kontoret"),
        "question": Question(text="Hvad undrer dig?"),
        "intent": Intent(mentee_id=id, situation="de tier", act="vente", talk_id=talk.id),
        "wellbeing": Answer(mentee_id=id, talk_id=talk.id, key="wellbeing", mentee="Godt"),
        "works": Answer(mentee_id=id, talk_id=talk.id, key="works", mentee="Ro i rummet"),
        "close": Answer(mentee_id=id, talk_id=talk.id, key="close", mentor="At spørge først"),
    }


def with_a_held_talk() -> dict[str, Record]:
    """Return the same with a talk that was held before, and what the mentee said in it."""
    records = one_of_each()
    id = records["mentee"].id
    day = date(2026, 11, 16)
    talk = Talk(mentee_id=id, number=0, planned_on=day, state=TalkState.HELD, place="Kantinen")
    said = Answer(mentee_id=id, talk_id=talk.id, key="works", mentee="Ro")
    return {**records, "held": talk, "said": said}


def put_in(store: Store, records: Iterable[Record]) -> None:
    """Put records into a store, as no step of undo, and wait until they are on the disk."""
    store.commit(map(Change.created, records), undoable=False)
    assert store.flush()


def now_in(store: Store, record: R) -> R:
    found = store.get(type(record), record.id)
    assert found is not None, record
    return found


async def until(pilot: Keys, condition: Callable[[], object], what: str = "") -> None:
    """Wait until it is so."""
    await hurry.until(condition, f"waited in vain: {what}")
    await pilot.pause()


async def arrived(pilot: Keys, store: Store, record: Record, values: dict[str, Any]) -> None:
    """Wait until the first session shows what the other one wrote."""
    await until(
        pilot,
        lambda: all(getattr(now_in(store, record), key) == one for key, one in values.items()),
        f"{values}",
    )


def write_elsewhere(path: Path, record: Record, **values: Any) -> None:
    """Change fields of a record in the second session, or make it where it is not there."""
    opened = open_store(path, by=OTHER, threaded=False)
    there = opened.store.get(type(record), record.id)
    change = Change.edited(there, **values) if there is not None else Change.created(record)
    opened.store.commit([change], "x")
    opened.close()


def form_in(app: MentorApp) -> FormDialog:
    assert isinstance(app.screen, FormDialog), app.screen
    return app.screen


async def fill_in(app: MentorApp, pilot: Keys, key: str, keys: str | tuple[str, ...]) -> None:
    """Press keys in a field of the form; a text goes to its end, a date takes another's place."""
    field = form_in(app).inputs[key]
    field.focus()
    await pilot.pause()
    if isinstance(field, CheckedInput) and field.value and not isinstance(keys, str):
        await pilot.press("ctrl+u")
    if isinstance(keys, str):
        await pilot.press("ctrl+end", "end", *("space" if one == " " else one for one in keys))
    else:
        await pilot.press(*keys)
    await pilot.pause()


async def save(app: MentorApp, pilot: Keys) -> None:
    """Save the form, and wait until it is on the disk."""
    form = form_in(app)
    await pilot.press("f10")
    await until(pilot, lambda: app.screen is not form, form.notice_bar.text)
    await pilot.pause()
    assert app.store.flush()
    await pilot.pause()


def conflicts(store: Store) -> list[Conflict]:
    return [one for one in store.all(Conflict) if not one.settled]
