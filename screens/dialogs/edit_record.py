"""The one way from a form to the records: a change begins with the record that the user saw.

Somebody else may change a record while its form is open. A change that began with the record as it
is then would overwrite their words without a trace. These functions make it begin with the record
that the form was filled from, so that the store sees what both have done: it keeps what only one of
them changed, and keeps and tells where both changed the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import Any, Protocol, TypeVar

from textual.app import App

from data.i18n import _
from data.records import Record
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import Field, Filled, FormDialog
from screens.frame.unfinished import FormId, form_id, unfinished_of

R = TypeVar("R", bound=Record)

Changes = Callable[[Filled], Sequence[Change] | Awaitable[Sequence[Change]]]
"""Returns what the texts of a form change, perhaps after another question; nothing: give up."""
Name = str | Callable[[Filled], str]
"""The translated name of the step of undo; it may depend on what was filled in."""


class Asker(Protocol):
    """A screen, or a part of one, that opens forms and commits what comes of them."""

    @property
    def app(self) -> App[Any]:
        """The app, over whose screens the form is opened."""

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo."""

    def say(self, text: str) -> None:
        """Say something in the screen's notice line."""


@dataclass(slots=True)
class LiveTexts:
    """What stands in the fields of the form that is open."""

    read: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked for."""

    kind: str
    """Names the form in no language: "task". What a dead session left is found by it."""
    title: str
    fields: Sequence[Field]
    validate: Callable[[Mapping[str, str]], str] | None = None
    """Returns what is wrong with all texts together, or ""."""
    first: str = ""
    """Key of the field in which the cursor begins; the first one, where it is empty."""
    live: LiveTexts | None = None
    """Reads the fields while the form is open, for a check that depends on another field."""


async def edit_record(
    asker: Asker,
    seen: R,
    form: Form,
    filled: Callable[[R, Filled], R],
    what: Name,
    *,
    of: str = "",
) -> Filled | None:
    """Edit one record with a form. Returns the texts; None where the form was given up.

    `seen` is the record that the form was made from. `filled` returns it with the changed fields of
    the form (see `Filled.read`). `of` takes the place of the record's id where the same form may
    also make the record: what a dead session left there is found by it. Call it from a worker.
    """

    def changes(texts: Filled) -> list[Change]:
        return [Change.between(seen, filled(seen, texts))]

    return await edit_records(asker, seen, form, changes, what, of=of)


async def edit_records(
    asker: Asker, seen: Record, form: Form, changes: Changes, what: Name, *, of: str = ""
) -> Filled | None:
    """Edit a record and others that belong to it; `changes` must begin with what was seen."""
    return await _ask(asker, form, replace(form_id(form.kind, seen), of=of), changes, what)


async def create_records(
    asker: Asker, new: Record, form: Form, changes: Changes, what: Name, *, of: str = ""
) -> Filled | None:
    """Make a record with a form, and what belongs to it.

    `new` says which table and mentee it is for. `of` is the id of what it will belong to besides,
    where there is such a form for each: the task of a learning goal.
    """

    def whole(texts: Filled) -> Sequence[Change] | Awaitable[Sequence[Change]]:
        return changes(texts.whole())

    return await _ask(asker, form, replace(form_id(form.kind, new), of=of), whole, what)


async def delete_record(
    asker: Asker, store: Store, seen: Record, question: AskDialog, what: str
) -> bool:
    """Delete a record if the question is answered with yes; True where it was.

    What somebody else writes in it meanwhile keeps it from being deleted: nobody here has seen it.
    """
    if not await asker.app.push_screen_wait(question):
        return False
    if store.get(type(seen), seen.id) is None:
        return False  # somebody else has deleted it: there is nothing to take back
    asker.commit([Change.deleted(seen)], what)
    return True


async def _ask(asker: Asker, form: Form, id: FormId, changes: Changes, what: Name) -> Filled | None:
    dialog = FormDialog(
        form.title, form.fields, validate=form.validate, first=form.first, form_id=id
    )
    if form.live is not None:
        form.live.read = dialog.texts
    texts = await asker.app.push_screen_wait(dialog)
    if texts is None:
        return None
    found = changes(texts)
    made = await found if isawaitable(found) else found
    if made:
        asker.commit(made, what if isinstance(what, str) else what(texts))
    unfinished = unfinished_of(asker.app)
    if unfinished is not None:
        if unfinished.clash(id, texts.untaken):
            asker.say(_("Saved. What you had typed earlier is kept too: ! shows it"))
        unfinished.end(id)
        unfinished.sweep()
    return texts
