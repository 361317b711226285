"""The two documents about one talk: its summary, and the sheet to prepare it with."""

from __future__ import annotations

from data.i18n import _
from data.records import Talk
from screens.documents.page import DocumentScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.reading import PLAIN, QUIET


class TalkDocumentScreen(DocumentScreen):
    """Shows a document about a talk."""

    HELP_TOPIC = "talks"
    WHAT = ""
    """The key of its kind."""

    def __init__(self, context: Context, talk_id: str) -> None:
        talk = context.store.get(Talk, talk_id)
        super().__init__(context, talk.mentee_id if talk else "", self.WHAT, talk_id=talk_id)

    def headline(self) -> Title:
        """Return whose talk it is, and which."""
        mentee, talk = self.mentee, self.talk
        if mentee is None or talk is None:
            return Title("")
        number = _("Talk {number}").format(number=talk.number)
        return Title(f"{mentee.name} · {number}", about=mentee.name, place=number)


class SummaryScreen(TalkDocumentScreen):
    """The summary for the mentee: never empty, never private."""

    WHAT = "summary"

    def above(self) -> list[tuple[str, str]]:
        """Return what is not in it, whatever was said."""
        return [(QUIET, _("Left out: what is private, and what the mentor learned.")), (PLAIN, "")]


class PreparationScreen(TalkDocumentScreen):
    """The sheet that the mentee prepares with."""

    WHAT = "prep"
