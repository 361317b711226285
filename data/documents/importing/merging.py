"""What becomes of a value that was changed in a form, or in the records, or in both."""

from __future__ import annotations

from dataclasses import dataclass

from data.documents.importing.given_values import Base, Since, taken_as
from data.documents.importing.preview import EntryKind, Gathered, from_to
from data.merge_text import merge_text
from data.records import Record
from data.word_diff import matching_words, split


def both_texts(form: str, here: str) -> str:
    """Return a text with the words of both, as the work of two sessions is merged.

    What the form held when it was given out is not known by its words. So what both have in common
    is taken for it: no word of either is lost.
    """
    words, _end = split(form)
    others, _end = split(here)
    partners = matching_words(words, others)
    common = "".join(
        word.blank + word.text for word, at in zip(words, partners, strict=True) if at >= 0
    )
    merged, _met = merge_text(common, form, here)
    return merged


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a record that a form has a value for."""

    record: Record
    key: str
    """The name of the field; "extra.Colour" and "parts.12" are entries of one."""
    name: str
    """What it is called, with the record's own name where that is needed."""
    place: str = ""
    """Where in the file its value is."""
    long: bool = False
    """Whether it is a text in which both sides' words can be kept."""

    @property
    def base_key(self) -> str:
        """The name under which its digest is kept."""
        return self.key.removeprefix("parts.")


class Merging:
    """Decides what becomes of each value of a form, and says so in the preview."""

    def __init__(self, base: Base, out: Gathered) -> None:
        self.base, self.out = base, out

    def taken(
        self,
        field: FormField,
        *,
        form: str,
        here: str,
        shown: tuple[str, str] | None = None,
        kept: tuple[str, str] | None = None,
    ) -> str | None:
        """Return the value that a field gets; None if it stays as it is.

        Args:
            field: The field.
            form: Its value in the form, as digests are made of it.
            here: Its value in the record, likewise.
            shown: The values here and in the form as the user reads them, if they differ from that.
            kept: The values of the form and here as a conflict keeps them, likewise.
        """
        id = field.record.id
        since = self.base.since(id, field.base_key, form=form, here=here)
        if since is Since.BOTH and not field.record.rev:
            since = Since.FORM  # what stands here is only proposed: nobody has written it
        mine, theirs = kept or (form, here)
        both = both_texts(form, here) if since is Since.BOTH and field.long else ""
        if since is Since.NOBODY or both == here != "" or self._waits(field, since, mine):
            return None
        self.out.taken.append(taken_as(id, field.base_key, form))
        before, after = shown or (here, form)
        kind = EntryKind.CHANGED if before.strip() else EntryKind.NEW
        if since is Since.BOTH:
            kind = EntryKind.BOTH if field.long else EntryKind.CONFLICT
        if field.record.rev:  # what is new is told as a whole
            self.out.say(kind, from_to(field.name, before, after), field.place)
        if since is Since.FORM:
            return form
        if field.long:
            return both
        self.out.conflict(field.record, field.key, form=mine, here=theirs)
        return None

    def _waits(self, field: FormField, since: Since, value: str) -> bool:
        """Whether a value that loses is kept already, and waits for the user to decide."""
        waits = (field.record.id, field.key, value) in self.base.waiting
        return since is Since.BOTH and not field.long and waits
