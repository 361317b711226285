"""What happens when a note is left, and what is said of it on the screen behind."""

from __future__ import annotations

from data.clock import today
from data.dates import show_near
from data.i18n import _
from data.method.sparring import hold, is_due
from data.records import Note, NoteKind, Task
from data.store.change import Change
from data.store.store import SaveState
from screens.frame.base import BaseScreen


def finish(screen: BaseScreen[None], note: Note) -> str:
    """Delete a note that is empty; mark due sparring as held if it is about that.

    Returns:
        What is said on the screen behind; "" for nothing. Nothing that is not saved is called so.
    """
    store = screen.store
    if not note.text.strip():
        screen.commit([Change.deleted(note)], _("empty note"))
        return ""
    task = store.get(Task, note.task_id) if note.task_id else None
    if task is not None and note.kind is NoteKind.SPARRING and is_due(task, today()):
        day = note.at.date() if note.at else today()
        screen.commit([hold(task, day)], _("sparring held: {name}").format(name=task.title))
        said = _("Saved. Sparring on {name} marked as held {day} (u undoes)")
        said = said.format(name=task.title, day=show_near(day, today()))
    elif (mentee := screen.context.mentee(note.mentee_id)) is not None:
        said = _("Note about {name} saved").format(name=mentee.name)
    else:
        said = _("Your private note is saved for you alone; / / finds it")
    return "" if store.status.state is SaveState.FAILED else said
