"""The styles of widgets, found out once for all apps of a test run instead of in each app anew.

Which styles a widget has depends on the style sheet and on what stands on its way down from the
app: types, ids, classes, and states such as having the focus. What was found for the same way
under the same rules is taken again. Widgets whose styles also hang on their neighbours (first
child, even rows) are asked about each time.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from textual.app import App
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

NEIGHBOURS: Final = ("_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What a widget notes when its styles hang on more than its way down from the app."""


class _Found(NamedTuple):
    rules: RulesMap | None
    """None: no rule fits."""
    parts: dict[str, RulesMap]
    """Rules of its component classes, by name."""
    hover: bool


_apply = Stylesheet.apply
_replace = Stylesheet.replace_rules
_found: dict[tuple[object, ...], _Found] = {}
_alike: dict[type[DOMNode], list[_Found]] = {}
"""What was found for a type, each once, so that the same is the same object."""
_sheets: dict[tuple[int, ...], int] = {}
"""A number for each list of rules. `shared_css` keeps rules for good, so none can get the id of
another."""
_replaced: dict[int, RulesMap] = {}
"""What a widget has just been given, by its id."""


def _number_of(sheet: Stylesheet) -> int:
    rules = sheet.rules
    kept = vars(sheet).get("_number")
    if kept is None or kept[0] is not rules:
        kept = rules, _sheets.setdefault(tuple(map(id, rules)), len(_sheets))
        vars(sheet)["_number"] = kept
    return int(kept[1])


def _place(node: DOMNode) -> tuple[object, ...]:
    if isinstance(node, App):
        return (type(node), node.classes, node.theme, node.native_ansi_color, node.no_color)
    focusable = getattr(node, "can_focus", False)
    return (type(node), node.id, node.classes, node._pseudo_classes_cache_key, focusable)


def _replace_and_keep(node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
    _replaced[id(node)] = rules
    _replace(node, rules, animate=animate)


def _once(kind: type[DOMNode], found: _Found) -> _Found:
    alike = _alike.setdefault(kind, [])
    for one in alike:
        if one == found:
            return one
    alike.append(found)
    return found


def _apply_once(
    sheet: Stylesheet,
    node: DOMNode,
    *,
    animate: bool = False,
    cache: dict[tuple[Any, ...], RulesMap] | None = None,
) -> None:
    way = (_number_of(sheet), *map(_place, node.css_path_nodes))
    found = _found.get(way)
    has = vars(node).pop("_has_found", None)
    if found is None:
        _replaced.pop(id(node), None)
        _apply(sheet, node, animate=animate, cache=cache)
        rules = _replaced.pop(id(node), None)
        if not any(getattr(node, name) for name in NEIGHBOURS):
            parts = {name: part.base.get_rules() for name, part in node._component_styles.items()}
            found = _found[way] = _once(type(node), _Found(rules, parts, node._has_hover_style))
            vars(node)["_has_found"] = found
        return
    vars(node)["_has_found"] = found
    node._has_hover_style = found.hover
    for name in NEIGHBOURS:
        setattr(node, name, False)
    if found.rules is not None and has is not found:
        _replace(node, found.rules, animate=animate)
    else:
        node.notify_style_update()
    if has is None or has.parts != found.parts:
        sheet._process_component_classes(node)


def share_styles() -> None:
    """Have every app of this process take what another one has found."""
    for name, function in (
        ("replace_rules", staticmethod(_replace_and_keep)),
        ("apply", _apply_once),
    ):
        setattr(Stylesheet, name, function)
