"""The steps of the plain talk that are more than a question: since last, sorting, plan, close."""

from __future__ import annotations

from data.clock import now, today
from data.dates import echo_date, show_date
from data.i18n import _
from data.method.actions import set_state
from data.method.plan.agreed import awaits_agreement, updated_together
from data.method.plan.changes import set_step
from data.method.talk import heaps
from data.method.talk.flow import TalkFlow
from data.method.talk.lifecycle import end_problem, end_talk, next_date, suggested_tasks
from data.method.talk.missing import missing
from data.method.talk.outcomes import action_text
from data.method.talk.since_last import since_last
from data.method.visibility import Reader
from data.method.words import word
from data.queries.own_person import both_names
from data.records import ActionState, Intent, Step, Task
from data.store.change import Change
from data.text import spelling_key
from tui.cli.base import say_wrapped
from tui.cli.plain.initials import ask_initials
from tui.cli.plain_talk.conversation import Conversation


def frame(talk: Conversation) -> None:
    """Say what the talk is for and who sees what is written (R28)."""
    agreement = talk.flow.view.agreement
    lines = talk.flow.words.frame
    if agreement is not None:
        own = (agreement.purpose, agreement.confidentiality, agreement.place)
        lines = tuple(text for text in own if text) or lines
        if agreement.minutes:
            lines = (*lines, _("{number} minutes").format(number=agreement.minutes))
    for line in lines:
        say_wrapped(line, "  ")
    talk.go_on()


def since(talk: Conversation) -> None:
    """Say what happened since the last talk, and choose what to talk about (R29)."""
    flow = talk.flow.seen_by(Reader.SHARED)
    found = since_last(flow.view, flow.talk)
    for text in found.wanted.values():
        say_wrapped(_("Wanted different last time: {text}").format(text=text), "  ")
    for action in found.actions:
        question = _("Agreed: {what}. Is it done?").format(what=action_text(flow.view, action))
        if talk.is_yes(question):
            talk.save([set_state(action, ActionState.DONE, today())])
    moved = [f"{one.task.title}: {word(one.after).lower()}" for one in found.step_changes]
    groups = (
        (_("Parked last time:"), [item.text for item in found.parked]),
        (_("Tasks that moved:"), moved),
        (_("New learning goals:"), [goal.text for goal in found.new_goals]),
        (_("Open doubts and questions:"), [note.text for note in found.doubts]),
        (_("Notes:"), [note.text for note in found.notes]),
    )
    for heading, lines in groups:
        for line in [heading, *lines] if lines else []:
            say_wrapped(line, "" if line is heading else "  ")
    _choose_tasks(talk)


def _choose_tasks(talk: Conversation) -> None:
    flow = talk.flow
    first = suggested_tasks(flow.view, talk.limits.horizon(today()))
    tasks = [*first, *(task for task in flow.view.tasks if task not in first)]
    if not tasks:
        return
    say_wrapped(_("Tasks in the plan, most urgent first:"))
    for number, task in enumerate(tasks, 1):
        mark = _("chosen") if task.id in flow.talk.task_ids else ""
        say_wrapped(f"{number}. {task.title}{mark and f' ({mark})'}", "  ")
    takes = _("Write a number from 1 to {number}.").format(number=len(tasks))
    while line := talk.ask(_("Numbers of the tasks to talk about, such as 1 3"), takes):
        numbers = [part for part in line.replace(",", " ").split() if part.isascii()]
        if all(part.isdigit() and 1 <= int(part[:6]) <= len(tasks) for part in numbers):
            chosen = dict.fromkeys(tasks[int(part) - 1].id for part in numbers)
            talk.save([Change.edited(talk.flow.talk, task_ids=tuple(chosen))])
            return
        talk.refuse(line, takes)


def sort(talk: Conversation) -> None:
    """Put what was talked about on four heaps (R30)."""
    names = {heap: heaps.heap_word(heap) for heap in heaps.Heap}
    flow = talk.flow
    for item in heaps.items(flow.view, flow.talk):
        if item.heap is not None:
            continue
        say_wrapped(item.text, "  ")
        takes = _("Write one of them, or leave it empty.")
        while line := talk.ask(", ".join(names.values()), takes):
            answer = spelling_key(line)
            found = [heap for heap, name in names.items() if spelling_key(name).startswith(answer)]
            if found:
                _put(talk, item, found[0])
                break
            talk.refuse(line, takes)


def _put(talk: Conversation, item: heaps.Item, heap: heaps.Heap) -> None:
    changes = [heaps.put(talk.flow.talk, item, heap)]
    if heap is heaps.Heap.ASK:
        changes.append(heaps.ask_action(talk.flow.talk, item))
    situation = talk.ask(_("Next time …")) if heap is heaps.Heap.ADJUST else ""
    if not situation:
        talk.save(changes)
        return
    with (
        talk.saved_meanwhile(situation, of_table=Intent.table, of_field="situation"),
        talk.kept_if_left(situation),
    ):
        act = talk.ask(_("I will …"))
        if act:
            flow = talk.flow
            changes.append(heaps.if_then(flow.view, flow.talk, situation, act, item.task_id))
        else:
            talk.keep(situation)
        talk.save(changes)


def understand(talk: Conversation) -> None:
    """Look closer at one task: its nature, limits and conditions (R33)."""
    step = talk.flow.current
    for field in step.words.fields:
        say_wrapped(field.text)
        talk.write(step, "mentee", field.key)


def plan(talk: Conversation) -> None:
    """Bring the plan up to date together (R56)."""
    prompt = _("Which task has changed? (Enter to continue)")
    task = talk.choose_task(prompt)
    while task is not None:
        _edit(talk, task)
        task = talk.choose_task(prompt, listed=True)
    flow = talk.flow
    anew = awaits_agreement(flow.view, flow.talk)
    if anew and talk.is_yes(_("Have you updated the plan together?")):
        _agree(talk, flow)


def _agree(talk: Conversation, flow: TalkFlow) -> None:
    """Let the mentee agree on the plan with initials of their own; without them it is not (R15)."""
    initials = ask_initials(talk, flow.view.mentee.name)
    if initials:
        names = both_names(talk.store, flow.view)
        talk.save(updated_together(flow.view, flow.talk, names, today(), initials))
        say_wrapped(_("The plan was updated together and agreed on today"))


def _edit(talk: Conversation, task: Task) -> None:
    seen = _now(talk, task)
    shown = _("Next step (now: {text})").format(text=seen.next_step or "–")
    if line := talk.ask(shown):
        talk.commit_plan([Change.edited(seen, next_step=line)])
    names = [word(step) for step in Step]
    say_wrapped(", ".join(f"{number} {name}" for number, name in enumerate(names, 1)))
    seen = _now(talk, task)
    shown = _("Training step (now: {text})").format(text=word(seen.step) or "–")
    chosen = talk.choose(shown, len(names))
    if chosen is not None:
        talk.commit_plan([set_step(seen, list(Step)[chosen], today(), talk.store.by)])
    seen = _now(talk, task)
    shown = _("Sparring date (now {text})").format(text=show_date(seen.sparring_on) or "–")
    day = talk.ask_date(shown)
    if day is not None:
        talk.commit_plan([Change.edited(seen, sparring_on=day)])


def _now(talk: Conversation, task: Task) -> Task:
    """Return the task as it is now. A question shows this one, and its answer changes this one."""
    return talk.store.get(Task, task.id) or task


def close(talk: Conversation) -> bool:
    """Agree on the next date and end the talk; False where it is not to end yet (R27)."""
    flow = talk.flow
    keys = [step.key for step in flow.steps]
    for one in missing(flow, today()):
        if one.step != "close":  # the next date is asked about below
            said = _("Still to do: {name}. {why} .go {number} goes there.")
            number = keys.index(one.step) + 1
            say_wrapped(said.format(name=one.name, why=one.why, number=number))
    for action in flow.view.actions:
        if action.talk_id == flow.talk.id:
            say_wrapped(_("Agreed: {what}").format(what=action.what), "  ")
    say_wrapped(_("What have you learned as a mentor?"))
    talk.write(flow.current, "mentor")
    flow = talk.flow
    seen = flow.talk
    proposed = seen.next_on or next_date(flow.view, today())
    say_wrapped(_("Proposed: {date}").format(date=echo_date(proposed, today())))
    if talk.agrees(_("Use this date for the next talk?")):
        talk.save([Change.edited(seen, next_on=proposed, no_next=False)])
    else:
        day = talk.ask_date(_("Date of the next talk (leave empty for none)"))
        talk.save([Change.edited(seen, next_on=day, no_next=day is None)])
    problem = end_problem(talk.flow.talk, today())
    if problem:
        say_wrapped(problem)
        return False
    if not talk.agrees(_("End the talk?")):
        talk.go_on()
        return False
    talk.save(end_talk(talk.flow, now()))
    say_wrapped(_("The talk has ended and is saved."))
    return True
