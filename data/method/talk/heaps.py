"""What a talk was about is sorted into four heaps: keep, adjust, park, ask (R30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from data.i18n import N_, _
from data.method.actions import is_open
from data.method.talk.outcomes import without_examples
from data.method.view import MenteeView
from data.method.visibility import Reader, seen
from data.records import Action, Answer, Intent, Talk
from data.store.change import Change, unstamped
from data.text import first_line


class Heap(StrEnum):
    """A heap that an item can be put on. Its value is stored in `Talk.sorted_items`."""

    KEEP = "keep"
    ADJUST = "adjust"
    PARK = "park"
    ASK = "ask"


_WORDS: Final = {
    Heap.KEEP: N_("Keep"),
    Heap.ADJUST: N_("Adjust"),
    Heap.PARK: N_("Park"),
    Heap.ASK: N_("Ask"),
}


def heap_word(heap: Heap) -> str:
    """Return the translated name of a heap."""
    return _(_WORDS[heap])


_NO_ITEMS: Final = (
    "sparring",
    "sort",
    "understand",
    "praise",
    "potential",
    "next",
    "plan",
    "close",
)
"""Keys of steps whose words are not sorted: the sorting itself, and what comes after it. Feedback
on the sparring comes first in the next talk (R49)."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something from the talk that can be sorted: a task, a note, an answer or an example."""

    id: str
    """The id of the task, note or answer. For an example: the answer's id, "#" and its number."""
    text: str
    task_id: str = ""
    heap: Heap | None = None
    """The heap that it lies on; None if it is not sorted."""


def items(view: MenteeView, talk: Talk) -> list[Item]:
    """Return the items of a talk: its tasks, its notes, and the answers with their examples.

    Private ones are left out, because mentor and mentee look at the list together. So are the words
    of the sorting itself and of the steps after it, unless an older talk has them on a heap.
    """
    view = seen(view, Reader.SHARED)
    found = [
        Item(task.id, task.title, task.id)
        for id in talk.task_ids
        if (task := view.task(id)) is not None
    ]
    noted = set(talk.note_ids)
    found += [
        Item(note.id, first_line(note.text), note.task_id)
        for note in view.notes
        if note.id in noted
    ]
    for answer in view.answers_of(talk.id):
        of_answer = _items_of(answer)
        if answer.key.partition(":")[0] in _NO_ITEMS:
            of_answer = [item for item in of_answer if item.id in talk.sorted_items]
        found += of_answer
    return [replace(item, heap=heap_of(talk.sorted_items, item.id)) for item in found]


def _items_of(answer: Answer) -> list[Item]:
    """Return the items of one answer: its examples, and the first line of what else was said."""
    found = [
        Item(f"{answer.id}#{number}", example, answer.task_id)
        for number, example in enumerate(answer.examples)
    ]
    texts = [without_examples(text, answer.examples) for text in (answer.mentee, answer.mentor)]
    said = first_line(texts[0]) or first_line(texts[1])
    return [*found, Item(answer.id, said, answer.task_id)] if said else found


def heap_of(sorted_items: Mapping[str, str], id: str) -> Heap | None:
    """Return the heap of an item; None if it is not sorted, or if a newer program sorted it."""
    value = sorted_items.get(id, "")
    return Heap(value) if value in Heap.__members__.values() else None


def put(talk: Talk, item: Item, heap: Heap | None) -> Change:
    """Return the change that puts an item on a heap; None takes it off its heap."""
    rest = {id: value for id, value in talk.sorted_items.items() if id != item.id}
    return Change.edited(talk, sorted_items={**rest, item.id: heap.value} if heap else rest)


def ask_action(talk: Talk, item: Item, who: str = "") -> Change:
    """Return the change that makes an action: to ask somebody about the item (R30).

    `who` is the id of the person who does it, or "mentee".
    """
    what = _("Ask about: {item}").format(item=item.text)
    return Change.created(
        Action(mentee_id=talk.mentee_id, what=what, who=who, talk_id=talk.id, task_id=item.task_id)
    )


def asked(view: MenteeView, talk: Talk, item: Item) -> list[Action]:
    """Return the open actions to ask somebody about the item."""
    made = ask_action(talk, item).record
    assert isinstance(made, Action)  # noqa: S101 - that is what it makes
    return [
        action
        for action in view.actions
        if (action.talk_id, action.what) == (made.talk_id, made.what) and is_open(action)
    ]


def as_made(actions: Iterable[Action], talk: Talk, item: Item, who: str = "") -> list[Action]:
    """Return those actions in which nobody has written since `ask_action` made them of the item.

    They go when the item is put on another heap. One that was given a date has become more.
    """
    made = unstamped(ask_action(talk, item, who).record)
    return [one for one in actions if unstamped(one) == replace(made, id=one.id)]


def if_then(view: MenteeView, talk: Talk, situation: str, act: str, task_id: str = "") -> Change:
    """Return the change that adds an if-then line, with the type of its task (R32)."""
    task = view.task(task_id)
    return Change.created(
        Intent(
            mentee_id=talk.mentee_id,
            situation=situation,
            act=act,
            task_type=task.type if task else "",
            talk_id=talk.id,
        )
    )


def counts(sorted_items: Mapping[str, str]) -> dict[Heap, int]:
    """Return how many items lie on each heap (R30)."""
    heaps = [heap_of(sorted_items, id) for id in sorted_items]
    return {heap: heaps.count(heap) for heap in Heap}
