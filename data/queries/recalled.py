"""What earlier tasks of a type have taught, as texts to choose the next step of a task from."""

from __future__ import annotations

from data.i18n import _
from data.method.plan.recall import Recall
from data.method.talk.outcomes import if_then_text


def recall_choices(known: Recall) -> list[tuple[str, str]]:
    """Return what is known from earlier tasks of the same type (R23, R32, R63).

    Returns:
        Pairs of a text to show, and the same as a next step of the new task.
    """
    pairs = [(f"{text} ({earlier.title})", text) for earlier, text in known.next_steps]
    pairs += [(text, text) for text in map(if_then_text, known.intents)]
    tips = [note.text.strip() for note in known.tips] + [tip.text.strip() for tip in known.shared]
    pairs += [(_("Tip: {text}").format(text=text), text) for text in tips]
    return pairs
