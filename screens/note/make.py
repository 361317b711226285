"""What becomes of a line of a note: an action, a next step, a potential, a tip."""

from __future__ import annotations

from data.i18n import _
from data.method.talk.make_of import OF_A_NOTE, Thing
from data.method.talk.outcomes import to_next_step, to_potential
from data.records import Action, Note, Task, Tip
from screens.actions.forms import action_form, action_step_name
from screens.dialogs.make_of import ask_thing
from screens.frame.base import BaseScreen
from screens.mentee.record_form import fill_in


async def make_of_line(screen: BaseScreen[None], note: Note, line: str) -> None:
    """Ask what to make of a line, and make it. Call it from a worker."""
    thing = await ask_thing(screen, OF_A_NOTE, line)
    if thing is Thing.ACTION:
        await _make_action(screen, note, line)
    elif thing is not None and not line:
        screen.say(_("Write something first; the line with the cursor is used"))
    elif thing is Thing.TIP:
        from screens.library.tips import add_tip  # loaded when a tip is first shared

        task = screen.store.get(Task, note.task_id)
        offered = Tip(text=line, task_type=task.type if task else "")
        if await add_tip(screen, offered, _("Share as a tip"), _("Tip shared"), of=note.id):
            screen.say(_("Shared as a tip for the next task of its type"))
    elif thing is not None:
        _put_on_task(screen, note, thing, line)


async def _make_action(screen: BaseScreen[None], note: Note, line: str) -> None:
    action = Action(mentee_id=note.mentee_id, what=line, task_id=note.task_id, talk_id=note.talk_id)
    form = action_form(screen.store, action)
    texts = await fill_in(screen, form, action_step_name)
    if texts is not None:
        screen.say(_("Agreed: {what}").format(what=texts["what"]))


def _put_on_task(screen: BaseScreen[None], note: Note, thing: Thing, line: str) -> None:
    task = screen.store.get(Task, note.task_id) if note.task_id else None
    if task is None:
        screen.say(_("First choose the task with Ctrl+T"))
    elif thing is Thing.POTENTIAL:
        what = _("Potential of {task}").format(task=task.title)
        screen.commit([to_potential(task, line)], what)
        screen.say(_("Now a potential of {task}").format(task=task.title))
    else:
        what = _("Next step of {task}").format(task=task.title)
        screen.commit([to_next_step(task, line)], what)
        screen.say(_("Now the next step of {task}").format(task=task.title))
