"""Style sheets that all apps of a test run share: each is parsed once, not once for every app.

What comes out of parsing is never changed by an app; it depends on the text, on where the text
comes from, and on the values of the variables in it, and those are what it is kept by.
"""

from __future__ import annotations

from typing import Any

from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.tokenize import tokenize_values

Tokens = dict[str, list[Any]]

_values: dict[tuple[tuple[str, str], ...], Tokens] = {}
_rules: dict[tuple[object, ...], list[RuleSet]] = {}


def _values_once(values: dict[str, str]) -> Tokens:
    key = tuple(values.items())
    if key not in _values:
        _values[key] = tokenize_values(values)
    return _values[key]


def _parse_once(
    scope: str,
    css: str,
    read_from: tuple[str, str],
    *,
    variable_tokens: Tokens,
    is_default_rules: bool,
    tie_breaker: int,
) -> list[RuleSet]:
    # The tokens are kept for good in `_values`, so no others can come to have their id.
    key = (scope, css, read_from, id(variable_tokens), is_default_rules, tie_breaker)
    if key not in _rules:
        _rules[key] = list(
            parse(
                scope,
                css,
                read_from,
                variable_tokens=variable_tokens,
                is_default_rules=is_default_rules,
                tie_breaker=tie_breaker,
            )
        )
    return _rules[key]


def share_style_sheets() -> None:
    """Have every app of this process take what another one has parsed."""
    vars(stylesheet).update(tokenize_values=_values_once, parse=_parse_once)
