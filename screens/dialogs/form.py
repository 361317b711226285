"""A form: labelled fields that the user fills in. Its answer is their texts by key of the field.

Screens open forms through `screens.dialogs.edit_record`, which saves what is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from data.citizens import hint
from data.i18n import N_, _
from data.store.filling import TextEdit
from screens.dialogs.base import Dialog
from screens.dialogs.choose_one import ListOfChoices
from screens.dialogs.form_fields import (
    SAVE,
    Field,
    field_widget,
    leaving_text,
    named_field,
    offer_text,
    problem_in,
    text_in,
    yes_no,
)
from screens.dialogs.form_label import FormLabel, share_room
from screens.dialogs.paste_on import paste_on
from screens.frame.left_texts import Standing, TypedDays, held_against
from screens.frame.unfinished import FormId, unfinished_of
from widgets.checked_input import CheckedInput
from widgets.choice_field import ChoiceField
from widgets.keys import DONE
from widgets.note_area import NoteArea
from widgets.spoken import Spoken

__all__ = ["Field", "Filled", "FormDialog", "yes_no"]


class Filled(dict[str, str]):
    """The texts of a form that was saved, by key of the field."""

    def __init__(
        self,
        texts: Mapping[str, str],
        typed: Iterable[str],
        *,
        changed: Iterable[str] | None = None,
        untaken: Mapping[str, TextEdit] | None = None,
    ) -> None:
        super().__init__(texts)
        self.typed = frozenset(typed)
        """Keys of the fields whose text differs from what they began with."""
        self.changed = self.typed if changed is None else frozenset(changed)
        """Keys of the fields that `read` reads. The others only show what is stored."""
        self.untaken = dict(untaken or {})
        """What a crashed session had typed, and the user was offered but did not take, by key."""

    def whole(self) -> Filled:
        """Return the same texts with every field counted as changed, as in a new record."""
        return Filled(self, self.typed, changed=self)

    def as_typed(self) -> Filled:
        """Return the same texts with only those fields counted as changed that the user changed."""
        return Filled(self, self.typed)

    def read(self, **parsers: Callable[[str], Any]) -> dict[str, Any]:
        """Return the values of the changed fields, by key.

        Other fields are left out, so that they keep the value they had: reading a value from the
        text that shows it does not always give the same value, and somebody else may have changed
        it meanwhile.

        Args:
            parsers: For each key a function that makes the value from the text.
        """
        return {key: parse(self[key]) for key, parse in parsers.items() if key in self.changed}


class FormDialog(Dialog[Filled]):
    """A form to fill in. Its answer is a `Filled`, or None if the user gave it up.

    Tab and Enter go to the next field, F10 or Ctrl+S saves, Esc gives up. If something has been
    typed, Esc must be pressed twice. In every field typing goes on behind what stands there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "save", SAVE, priority=True, key_display=DONE),
        Binding("ctrl+n", "take", N_("Use mine"), priority=True),
        Binding("tab", "step(1)", N_("Next field"), priority=True),
        Binding("shift+tab", "step(-1)", N_("Previous field"), show=False, priority=True),
        Binding("enter", "onward", N_("Next field, or save after the last"), show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    DEFAULT_CSS = """
    /* Room for the bar in any case: long texts are wrapped before it is known to be needed. */
    FormDialog VerticalScroll {
        height: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    FormDialog Horizontal { height: auto; padding: 0 1 0 0; }
    FormDialog CheckedInput, FormDialog ChoiceField { width: 1fr; }
    FormDialog CheckedInput, FormDialog NoteArea { background: $boost; }
    FormDialog NoteArea { width: 1fr; height: auto; min-height: 2; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        validate: Callable[[Mapping[str, str]], str] | None = None,
        first: str = "",
        form_id: FormId | None = None,
        done: str = SAVE,
    ) -> None:
        """Make a form.

        Args:
            title: The title, translated.
            fields: The fields from the top; at least one.
            validate: Checks all texts together; returns what is wrong, translated, or "".
            first: Key of the field in which the cursor begins; "" for the first one.
            form_id: Keeps what is typed, so that it survives a crash; None keeps nothing.
            done: Msgid of what F10 does with what is filled in.
        """
        super().__init__(title)
        self.done = done
        self._list = ListOfChoices(self)
        self.form_id = form_id
        self.fields = tuple(fields)
        self._unkept = {field.key for field in self.fields if not field.kept}
        self.validate = validate
        self.first = first
        self.inputs: dict[str, CheckedInput | ChoiceField | NoteArea] = {
            field.key: field_widget(field) for field in self.fields
        }
        for key, line in self.inputs.items():
            if isinstance(line, CheckedInput):
                line.on_more = partial(paste_on, self, self.inputs, key)
        self._labels = {field.key: FormLabel(field.label) for field in self.fields}
        self._wrong = ("", "")
        """A field and what is wrong with it, found when saving; said when it gets the focus."""
        self._began = self.texts()
        self._days = TypedDays({field.key: field.check for field in self.fields})
        self._offered: dict[str, TextEdit] = {}
        """By field: what is stored in it now, and what a crashed session had typed before that."""
        self._taken: set[str] = set()
        """Keys of the fields that show what the crashed session had typed."""
        self._entered: list[NoteArea] = []
        """The long texts that have had the focus: their cursors stay where they were put."""
        self._left: Mapping[str, str] | None = None
        """The texts at the first Esc. The second Esc leaves only if they are still the same."""

    def body(self) -> ComposeResult:
        """Put each field beside its label."""
        with VerticalScroll(can_focus=False):
            for field in self.fields:
                with Horizontal():
                    yield self._labels[field.key]
                    yield self.inputs[field.key]

    def on_mount(self) -> None:
        """Restore what a crashed session left, and put the cursor into the field to begin with."""
        for area in self.query(NoteArea):
            area.move_cursor((0, 0))  # the beginning is in sight until the field is entered
        self._take_up()
        offered = next((key for key in self._offered if key in self.inputs), "")
        start = offered or (self.first if self.first in self.inputs else self.fields[0].key)
        self.inputs[start].focus()
        # Long texts get their height only when they are laid out; that moves the fields below.
        self.watch(self.query_one(VerticalScroll), "virtual_size", self._keep_in_sight)

    # -- what outlives the session --------------------------------------------------------------

    def _take_up(self) -> None:
        """Fill in what a crashed session had typed; only offer it where newer words are stored."""
        unfinished = unfinished_of(self.app)
        if unfinished is None or self.form_id is None:
            return
        left = [one.filling for one in unfinished.take(self.form_id)]
        texts = self.texts()
        standing = {
            field.key: Standing(
                texts[field.key], field.kind == "lines", field.check, field.proposed
            )
            for field in self.fields
        }
        restored = held_against((one.without(self._unkept) for one in left), standing)
        for key, text in restored.filled.items():
            self._set_text(key, text)
        self._offered = restored.offered
        if restored.filled:
            self.call_after_refresh(self.say, _("What you were filling in is here again"))

    def _set_text(self, key: str, text: str) -> None:
        field = self.inputs[key]
        if isinstance(field, NoteArea):
            field.text = text
            field.move_cursor(field.document.end)
        else:
            field.value = text
            if isinstance(field, CheckedInput):
                field.action_end()

    @on(Input.Changed)
    @on(NoteArea.Edited)
    @on(ChoiceField.Changed)
    def _keep(self) -> None:
        """Keep what was changed until the form is saved or given up, to survive a crash."""
        unfinished = unfinished_of(self.app)
        if unfinished is not None and self.form_id is not None:
            texts = self.texts()
            kept = (key for key in self._changed(texts) if key not in self._unkept)
            changed = {key: (self._began[key], texts[key]) for key in kept}
            days = self._days.of(texts)
            if changed:  # A proposed day that the user has read belongs to what was filled in.
                read = [one.key for one in self.fields if one.proposed and one.key in days]
                changed |= {key: (self._began[key], texts[key]) for key in read}
            meant = {key: days[key] for key in changed if key in days}
            unfinished.keep(self.form_id, changed, meant)

    def _changed(self, texts: Mapping[str, str]) -> list[str]:
        return [key for key, text in texts.items() if text != self._began[key]]

    @property
    def _focused_key(self) -> str:
        """The key of the field with the focus."""
        return next((key for key, field in self.inputs.items() if field is self.focused), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer Ctrl+N only in a field for which a crashed session has left a text."""
        return action != "take" or self._focused_key in self._offered

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work here now; that of F10 says what it does with this form."""
        found = super().active_bindings
        for key, active in found.items():
            if active.binding.action == "save":
                found[key] = active._replace(
                    binding=replace(active.binding, description=_(self.done))
                )
        return found

    def action_take(self) -> None:
        """Put the crashed session's text into the field; a second time, the stored text again."""
        key = self._focused_key
        theirs, mine = self._offered[key]
        taken = key in self._taken
        self._taken ^= {key}
        self._set_text(key, theirs if taken else mine)
        self.call_later(self._say_offer, key)

    def _say_offer(self, key: str) -> None:
        self.say(offer_text(self.inputs[key], self._offered[key], taken=key in self._taken))

    # -- filling in -----------------------------------------------------------------------------

    @on(ChoiceField.Changed)
    def _say_choice(self, event: ChoiceField.Changed) -> None:
        if event.field.has_focus:
            self.hint(event.field.hint)

    @on(ChoiceField.Wanted)
    def _list_choices(self, event: ChoiceField.Wanted) -> None:
        """Open the list of a field with many choices; to choose there saves nothing yet."""
        label = next(one.label for one in self.fields if self.inputs[one.key] is event.field)

        def go_on() -> None:
            if not self._is_last:
                self.action_step(1)

        self._list.open(event.field, label, event.typed, go_on)

    @on(Input.Changed)
    @on(NoteArea.Edited)
    def _look_for_numbers(self, event: Input.Changed | NoteArea.Edited) -> None:
        """Point out what looks like a CPR number or a citizen's name; it can still be saved."""
        text = event.text if isinstance(event, NoteArea.Edited) else event.value
        if said := hint(text):
            # Later, because the field says something about the same text and would replace this.
            self.call_later(self.say, said, problem=True)

    def fit(self) -> None:
        """Limit the height of the fields to the screen; they scroll if there are too many."""
        self.query_one(VerticalScroll).styles.max_height = self.room
        share_room(self._labels.values(), self.query(NoteArea), self.size.width, self.room)
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Scroll to the field with the focus after fields or their room changed in height."""
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)

    def names(self, spoken: Spoken) -> Spoken:
        """Return what a field says, with its name and which of how many it is."""
        return super().names(named_field(spoken, self.fields, self._focused_key))

    def texts(self) -> dict[str, str]:
        """Return the texts of the fields as they are now, by key."""
        return {key: text_in(field) for key, field in self.inputs.items()}

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the field's label, and say what there is to say about the field.

        That is what saving found wrong with it, or how its text is understood, or which keys take
        which choice, or what a crashed session had typed in it.
        """
        widget = event.widget
        for key, label in self._labels.items():
            label.mark(self.inputs[key] is widget)
        if isinstance(widget, NoteArea) and widget not in self._entered:
            self._entered.append(widget)
            widget.move_cursor(widget.document.end)
        wrong, problem = self._wrong
        self._wrong = ("", "")
        self.say("")
        if wrong and self.inputs[wrong] is widget:
            self.say(problem, problem=True)
        elif isinstance(widget, CheckedInput):
            widget.show_hint()
        elif isinstance(widget, ChoiceField):
            self.hint(widget.hint)
        if not problem and self._focused_key in self._offered:
            self.call_later(self._say_offer, self._focused_key)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_onward()

    @property
    def _is_last(self) -> bool:
        """Whether the field with the focus is the last one that can have it."""
        enabled = [key for key, field in self.inputs.items() if not field.disabled]
        return self._focused_key in ("", enabled[-1])

    def action_onward(self) -> None:
        """Go to the next field; save after the last."""
        if self._is_last:
            self.action_save()
        else:
            self.action_step(1)

    def action_step(self, way: int) -> None:
        """Go to the next field (`way` is 1) or the previous one (-1)."""
        (self.focus_next if way > 0 else self.focus_previous)()

    def action_save(self) -> None:
        """Answer with the texts. If something is wrong, go to that field and say it instead."""
        texts = self.texts()
        for field in self.fields:
            problem = problem_in(field, texts[field.key])
            if problem:
                self._wrong = (field.key, problem)
                self.inputs[field.key].focus()
                self.say(problem, problem=True)
                return
        wrong = self.validate(texts) if self.validate else ""
        if wrong:
            self.say(wrong, problem=True)
            return
        untaken = {key: two for key, two in self._offered.items() if key not in self._taken}
        self.dismiss(Filled(texts, self._changed(texts), untaken=untaken))

    @property
    def keeps_typed(self) -> bool:
        """Whether something has been filled in that is kept, as F10 then says."""
        return self.form_id is not None and self.texts() != self._began

    def leave(self) -> None:
        """Close without an answer, unasked."""
        self._left = self.texts()
        self.action_give_up()

    def action_give_up(self) -> None:
        """Close the form without an answer; asks for a second Esc if typed text would be lost."""
        texts = self.texts()
        if texts not in (self._began, self._left):
            self._left = texts
            self.say(leaving_text(self.done), problem=True)
            return
        unfinished = unfinished_of(self.app)
        if unfinished is not None and self.form_id is not None:
            unfinished.end(self.form_id)
            if self._offered:  # the user has not decided yet what becomes of these words
                unfinished.leave(self.form_id)
            unfinished.sweep()
        self.dismiss(None)
