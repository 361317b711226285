"""What is said of who can read a text: those who share the records can, too."""

from __future__ import annotations

from data.i18n import _
from data.method.visibility import may_keep, stays_private
from data.queries.called import called
from data.records import Answer, MenteeRecord, Note, Record
from screens.frame.context import Context


def note_mark(context: Context, *, private: bool) -> str:
    """Return the word for a note that is private or shared, as it is above the text."""
    if private:
        return _("Private")
    if context.store.on_server:
        return _("Shared (with mentee and their mentors)")
    return _("Shared (with mentee and team)") if context.of_team else _("Shared (with the mentee)")


def said_of_note(note: Note, context: Context, *, private: bool) -> str:
    """Return what is said when F4 has made a note private or shared."""
    hidden, of_team = stays_private(note), context.of_team
    if private:
        return _("The note is private")
    if hidden:
        return _("Shared with the mentee; shared view still hides a doubt or question")
    if context.store.on_server:
        return _("The note is shared with the mentee, and the mentee's mentors can read it")
    if of_team:
        return _("The note is shared with the mentee, and the team can read it")
    return _("The note is shared with the mentee")


def may_hide(record: Record, context: Context) -> bool:
    """Return whether the user may make a record private that is shared."""
    return not context.of_team or may_keep(record, context.store.by)


def why_not(record: MenteeRecord, context: Context, *, private: bool) -> str:
    """Return why F4 does not make a record private, or shared; "" if it does."""
    if isinstance(record, Answer) and stays_private(record):
        return _("What is said about wellbeing is always private")
    if not private and context.mentee(record.mentee_id) is None:
        return _("The mentee is not shown to you, so it stays private")
    if not private or may_hide(record, context):
        return ""
    text = _("{who} has written here last; only {who} can make it private")
    return text.format(who=called(context.store, record.changed_by))


def said_of_answer(context: Context, *, private: bool) -> str:
    """Return what is said when F4 has made an answer private or shared."""
    if private:
        return _("Private: hidden in shared view")
    if context.store.on_server:
        return _("Shared with the mentee and the mentee's mentors")
    of_team = context.of_team
    return _("Shared with the mentee and the team") if of_team else _("Shared with the mentee")
