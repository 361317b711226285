"""The one way from a form to the records: a change begins with the record that the user saw.

Somebody else may change a record while its form is open. If our change began with the record as it
is when the form is saved, it would overwrite their words without a trace. So these functions begin
it with the record from which the form was filled in. The store can then see what both have done: it
keeps both changes if they are in different fields, and records a conflict if they are in the same.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import Any, Protocol, TypeVar

from textual.app import App

from data.i18n import _
from data.privacy.kept_words import still_has_it
from data.records import Record
from data.store.change import Change, is_same
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import Field, Filled, FormDialog
from screens.dialogs.form_fields import SAVE
from screens.frame.base import BaseScreen
from screens.frame.unfinished import FormId, form_id, unfinished_of

R = TypeVar("R", bound=Record)

Changes = Callable[[Filled], Sequence[Change] | Awaitable[Sequence[Change]]]
"""Returns the changes that the texts of a form call for, perhaps after asking another question.

An empty list means that the user gave up."""
Name = str | Callable[[Filled], str]
"""The translated name of the step of undo, or a function that makes it from what was filled in."""


class Asker(Protocol):
    """A screen, or a part of one, that opens forms and commits what comes of them."""

    @property
    def app(self) -> App[Any]:
        """The app that opens the form over its screens."""

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo."""

    def say(self, text: str) -> None:
        """Say something in the screen's notice line."""


@dataclass(slots=True)
class LiveTexts:
    """Gives access to the fields of a form while it is open."""

    read: Callable[[], Mapping[str, str]] = dict
    """Returns the texts by key of the field; none until the form is open."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks for, and how it begins."""

    kind: str
    """Identifies the form, such as "task"; never translated.

    It is stored with a form left unfinished by a session that crashed, so that the form is found.
    """
    title: str
    fields: Sequence[Field]
    validate: Callable[[Mapping[str, str]], str] | None = None
    """Checks all texts together; returns what is wrong, translated, or ""."""
    first: str = ""
    """Key of the field in which the cursor begins; "" for the first field."""
    done: str = SAVE
    """Msgid of what F10 does with what is filled in."""
    live: LiveTexts | None = None
    """Filled in when the form opens. The check of one field can then read the other fields."""


async def edit_record(
    asker: Asker,
    seen: R,
    form: Form,
    filled: Callable[[R, Filled], R],
    what: Name,
    *,
    of: str = "",
) -> Filled | None:
    """Edit one record with a form. Call it from a worker.

    Args:
        asker: Opens the form, and commits the change.
        seen: The record from which the form was made.
        form: The form.
        filled: Returns the record with the changed fields of the form (see `Filled.read`).
        what: The name of the step of undo.
        of: Stands for the record's id if the same form may also create the record. What a crashed
            session left unfinished in the form is then found in both cases.

    Returns:
        The texts of the form; None if the user gave it up.
    """

    def changes(texts: Filled) -> list[Change]:
        return [Change.between(seen, filled(seen, texts))]

    return await edit_records(asker, seen, form, changes, what, of=of)


async def edit_records(
    asker: Asker, seen: Record, form: Form, changes: Changes, what: Name, *, of: str = ""
) -> Filled | None:
    """Edit a record, and others that belong to it, with a form. Call it from a worker.

    Takes and returns what `edit_record` does, but `changes` returns all changes that the texts call
    for. Each of them must begin with the record that the user saw.
    """
    return await _ask(asker, form, replace(form_id(form.kind, seen), of=of), changes, what)


async def create_records(
    asker: Asker, new: Record, form: Form, changes: Changes, what: Name, *, of: str = ""
) -> Filled | None:
    """Create a record, and what belongs to it, with a form. Call it from a worker.

    Args:
        asker: Opens the form, and commits the changes.
        new: The new record as the form shows it; it says which table and mentee the form is for.
        form: The form.
        changes: Returns the changes that create the record and what belongs to it.
        what: The name of the step of undo.
        of: The id of another record that the new one belongs to, if each of those has such a form.
            For a learning goal that is its task.

    Returns:
        The texts of the form; None if the user gave it up.
    """

    def changes_of_all(texts: Filled) -> Sequence[Change] | Awaitable[Sequence[Change]]:
        return changes(texts.whole())

    return await _ask(asker, form, replace(form_id(form.kind, new), of=of), changes_of_all, what)


async def delete_record(
    asker: Asker, store: Store, seen: Record, question: AskDialog, what: str
) -> bool:
    """Ask, and delete a record if the answer is yes. Call it from a worker.

    If somebody else has written in the record meanwhile, the store does not delete it: the user has
    not seen what would be lost.

    Returns:
        Whether the deletion was committed.
    """
    if refused := store.refusals.of([Change.deleted(seen)]):
        asker.say(str(refused))
        return False
    question.still_has_it = still_has_it(on_server=store.on_server)
    if not await asker.app.push_screen_wait(question):
        return False
    if store.get(type(seen), seen.id) is None:
        return False  # Somebody else has deleted it, so there is nothing to do and to undo.
    asker.commit([Change.deleted(seen)], what)
    return True


async def delete_together(
    asker: Asker, question: AskDialog, deletion: Callable[[], Sequence[Change]], what: str
) -> bool:
    """Ask, and delete a record with what goes with it. Call it from a worker.

    Nothing is deleted where something in it has changed, or has come, since the question was asked.

    Args:
        asker: Opens the question, says what became of it, and commits the deletion.
        question: Says what goes with the record.
        deletion: Returns the deletion as it would be now, with the changes marked `together`; no
            changes if the record is gone.
        what: The name of the step of undo.

    Returns:
        Whether the deletion was committed.
    """
    asked = deletion()
    front = asker.app.screen
    if isinstance(front, BaseScreen):
        if refused := front.store.refusals.of(asked):
            asker.say(str(refused))
            return False
        question.still_has_it = still_has_it(on_server=front.store.on_server)
    if not await asker.app.push_screen_wait(question):
        return False
    now = deletion()
    if not now:
        return False  # Somebody else has deleted it.
    if not is_same(asked, now):
        asker.say(
            _("It was changed in the meantime, so nothing was deleted. Check it, and delete again.")
        )
        return False
    asker.commit(now, what)
    return True


async def _ask(asker: Asker, form: Form, id: FormId, changes: Changes, what: Name) -> Filled | None:
    dialog = FormDialog(
        form.title,
        form.fields,
        validate=form.validate,
        first=form.first,
        form_id=id,
        done=form.done,
    )
    if form.live is not None:
        form.live.read = dialog.texts
    texts = await asker.app.push_screen_wait(dialog)
    if texts is None:
        return None
    answer = changes(texts)
    wanted = await answer if isawaitable(answer) else answer
    if wanted:
        asker.commit(wanted, what if isinstance(what, str) else what(texts))
    unfinished = unfinished_of(asker.app)
    if unfinished is not None:
        if unfinished.clash(id, texts.untaken):
            asker.say(_("Saved. What you had typed earlier is kept too: ! shows it"))
        unfinished.end(id)
        unfinished.sweep()
    return texts
