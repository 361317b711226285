"""Keys: unique per screen, sent by every terminal, named in both languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from textual.dom import DOMNode

from data.i18n import _, set_language
from screens.dialogs.base import Dialog
from screens.frame.base import BaseScreen
from tests.tools.key_table import classes, own_bindings

NEVER_ALONE = {"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+q"}
"""tmux, screen and flow control take these; leaving is also in the palette."""
ALSO_IN_PALETTE = {"ctrl+q"}
BESIDE = {"ctrl+s": "f10"}
"""Keys that stand for another one which some terminals keep for themselves."""
SENT = re.compile(
    r"[a-zA-Z0-9]|f([1-9]|10)|ctrl\+[a-z]|up|down|left|right|tab|shift\+tab|enter|escape|space"
    r"|pageup|pagedown|home|end|backspace|delete|slash|question_mark|exclamation_mark|plus|minus"
    r"|full_stop|comma|colon"
)
SAME_AS_OTHERS = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}
"""Terminals send Backspace, Tab and Enter for these."""


ALIKE = {"Mentee", "Mentee/mentor", "Note", "Plan", "Find"}
"""Words that are the same in both languages."""


CLASSES = list(classes())
SCREENS = [kind for kind in CLASSES if issubclass(kind, BaseScreen | Dialog)]


def test_there_are_screens_to_look_at() -> None:
    assert len(SCREENS) > 15


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_keys_are_sent_by_every_terminal(kind: type[DOMNode]) -> None:
    for binding in own_bindings(kind):
        assert SENT.fullmatch(binding.key), binding
        assert binding.key not in SAME_AS_OTHERS, binding
        beside = (BESIDE.get(binding.key), binding.action)
        assert binding.key not in NEVER_ALONE - ALSO_IN_PALETTE or beside in {
            (one.key, one.action) for one in own_bindings(kind)
        }, binding


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_keys_are_unique_in_their_class(kind: type[DOMNode]) -> None:
    """A key has one meaning; where it has two, `check_action` says which holds now.

    For the commands of a screen's parts, `offers` of the part says so.
    """
    keys = Counter(binding.key for binding in own_bindings(kind))
    of_parts = {one.key for one in own_bindings(kind) if one.action.startswith("do(")}
    twice = [key for key, count in keys.items() if count > 1 and key not in of_parts]
    assert twice == [] or "check_action" in vars(kind), twice


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_keys_are_named_in_both_languages(kind: type[DOMNode]) -> None:
    set_language("da")
    for binding in own_bindings(kind):
        if binding.description:
            translated = _(binding.description) != binding.description
            assert translated or binding.description in ALIKE, binding


@pytest.mark.parametrize("kind", SCREENS, ids=lambda kind: kind.__name__)
def test_what_works_on_a_screen_has_a_name(kind: type[DOMNode]) -> None:
    """Whatever is no plain movement is in help and palette, so it needs a description."""
    moves = re.compile(r"(do\(')?(move|page|step|edge|next|suggest|scroll_|cursor_)")
    named = {
        binding.action
        for base in kind.__mro__
        if issubclass(base, DOMNode)
        for binding in own_bindings(base)
        if binding.description
    }
    for binding in own_bindings(kind):
        assert binding.action in named or moves.match(binding.action), binding


BARE = {"Add", "Edit", "Find", "Move", "Note", "Talk"}
"""Words of the line of keys that say too little in a list of commands."""
NAME_IT = {
    "ListedScreen",
    "ActionsScreen",
    "PeopleScreen",
    "LibraryScreen",
    "CultureScreen",
    "ConflictsScreen",
}
"""Screens of one page, or of rows of several kinds: there it is what the cursor is on."""


@pytest.mark.parametrize("kind", SCREENS, ids=lambda kind: kind.__name__)
def test_a_list_of_commands_says_what_is_added_or_edited(kind: type[DOMNode]) -> None:
    bare = [one.key for one in own_bindings(kind) if one.description in BARE and not one.tooltip]
    assert bare == [] or kind.__name__ in NAME_IT or issubclass(kind, Dialog)
