"""Making documents of records, and records of documents.

A document holds the fields of a record by their names. The record's id is not among them: it is the
id of the document in its table. Dates and times become ISO strings, enums their values, and tuples
lists. A field is left out if it is empty and is empty by default.

Somebody may have edited a document by hand. A value that cannot be read is taken as the default of
its field; `problems_of` tells which ones those are.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from data.frozen import empty
from data.records import KINDS, Record
from data.records.base import MINUTES
from data.storage.protocol import Doc, Reference, Rules
from data.store import by_key
from data.stored_values import FIRST_DAY, LIMITS, OF_MINUTES, READERS, number_reader
from data.text import safe

R = TypeVar("R", bound=Record)
Value = Any
_WRONG = (KeyError, ValueError, TypeError, AttributeError, OverflowError)
"""The errors that reading a wrong value can raise."""


class _Field(NamedTuple):
    """How one field is written and read."""

    name: str
    default: Value
    """Its default; MISSING if the field must be given."""
    omit: bool
    """Whether it is left out of the document while it is empty."""
    encode: Callable[[Value], Value] | None
    """Makes a JSON value of it; None if it is one already."""
    decode: Callable[[Value], Value] | None
    """Makes a value of the JSON value; None if that is the same. Raises one of `_WRONG`."""
    exact: type | None
    """The type of a value that need not be decoded. It saves time with most fields."""
    limits: tuple[float, float] | None
    """The least and the greatest value of one whose type is `exact`; None for a text."""
    strict: Callable[[Value], Value] | None
    """As `decode`, but None for a field with `exact`, and for values that are not None."""


def _list_of(inner: Callable[[Value], Value] | None) -> Callable[[Value], Value]:
    if inner is None:
        return list
    return lambda values: [inner(value) for value in values]


def _tuple_of(inner: Callable[[Value], Value] | None) -> Callable[[Value], Value]:
    def decode(values: Value) -> Value:
        if not isinstance(values, list):
            raise TypeError(values)
        return tuple(values if inner is None else (inner(value) for value in values))

    return decode


def _dict_of(inner: Callable[[Value], Value] | None) -> Callable[[Value], Value]:
    def convert(values: Mapping[str, Value]) -> Value:
        return {key: value if inner is None else inner(value) for key, value in values.items()}

    return convert


def _optional(inner: Callable[[Value], Value] | None) -> Callable[[Value], Value] | None:
    if inner is None:
        return None
    return lambda value: None if value is None else inner(value)


_Pair = tuple[Callable[[Value], Value] | None, Callable[[Value], Value] | None]


def _nested(kind: Any) -> _Pair:
    return _encode_fields, (lambda doc: kind(**_decode_fields(kind, doc)))


def _simple(hint: Any) -> _Pair | None:
    if hint in READERS:
        is_written = hint in {date, datetime}
        return (lambda value: value.isoformat()) if is_written else None, READERS[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        # Asking the class takes ten times as long as a look into a dict.
        return (lambda value: value.value), {one.value: one for one in hint}.__getitem__
    if is_dataclass(hint):
        return _nested(hint)
    return None


@cache
def _converters(hint: Any) -> _Pair:
    """Return the two functions that encode and decode values of a type; None if not needed."""
    simple = _simple(hint)
    if simple is not None:
        return simple
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        encode, decode = _converters(_without_none(hint))
        return _optional(encode), _optional(decode)
    if origin is tuple:
        encode, decode = _converters(inner[0])
        return _list_of(encode), _tuple_of(decode)
    if origin is dict:
        encode, decode = _converters(inner[1])
        return _dict_of(encode), _dict_of(decode)
    raise TypeError(hint)


def _without_none(hint: Any) -> Any:
    """Return the other type of one that may be None, or the type itself."""
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


_fields_by_kind: dict[type[Any], tuple[_Field, ...]] = {}


def _fields_of(kind: type[Any]) -> tuple[_Field, ...]:
    found = _fields_by_kind.get(kind)
    if found is None:
        found = _fields_by_kind[kind] = _find_fields(kind)
    return found


def _hints(kind: type[Any]) -> dict[str, Any]:
    """Return the types of the fields, as `typing.get_type_hints` does, which reads each anew."""
    names = {item.name for item in fields(kind)}
    return {
        name: _hint(base.__module__, text)
        for base in reversed(kind.__mro__)
        for name, text in vars(base).get("__annotations__", {}).items()
        if name in names
    }


@cache
def _hint(module: str, text: str) -> Any:
    """Return the type that a text in a module names."""
    holder = types.SimpleNamespace(__annotations__={"type": text})
    return typing.get_type_hints(holder, vars(sys.modules[module]))["type"]


def _find_fields(kind: type[Any]) -> tuple[_Field, ...]:
    hints = _hints(kind)
    plan = []
    for item in fields(kind):
        if item.name == "id":
            continue
        default = item.default
        if item.default_factory is not MISSING:
            default = item.default_factory()
        encode, decode = _converters(hints[item.name])
        omit = default is not MISSING and not default and not isinstance(default, Enum)
        inner = _without_none(hints[item.name])
        limits = LIMITS.get(inner)
        exact = inner if inner is str or limits else None
        if item.name in MINUTES and inner is int:
            limits = OF_MINUTES
            decode = _optional(number_reader(int, limits))
        strict = None if exact else _converters(inner)[1]
        plan.append(_Field(item.name, default, omit, encode, decode, exact, limits, strict))
    return tuple(plan)


def _encode_fields(value: Any) -> Doc:
    doc: Doc = {}
    for item in _fields_of(type(value)):
        got = getattr(value, item.name)
        if item.omit and not got and got == item.default:
            continue
        doc[item.name] = got if item.encode is None else item.encode(got)
    return doc


def _decode_fields(kind: type[Any], doc: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for item in _fields_of(kind):
        if item.name in doc:
            raw = doc[item.name]
            found[item.name] = raw if item.decode is None else item.decode(raw)
    return found


def encode(record: Record) -> Doc:
    """Return the document of a record."""
    doc = _encode_fields(record)
    if record.table in by_key.TABLES:
        by_key.take_out(doc)
    return doc


def told(record: Record) -> Doc:
    """Return the document of a record as it is shown: with texts that are stored by a key."""
    return _encode_fields(record)


def decode(kind: type[R], id: str, doc: Mapping[str, Value]) -> R:
    """Return the record of a document. It never fails.

    Args:
        kind: The class of the record.
        id: The id of the document.
        doc: The document. Wrong values are read as defaults, and unknown fields are left out.
    """
    shape = _shape_of(kind, tuple(doc))
    made = shape and _decode_at_once(kind, id, doc, shape)
    made = made or _decode_by_field(kind, id, doc)
    if kind.table in by_key.TABLES:
        by_key.put_in(made.__dict__)
    return made


class _Shape(NamedTuple):
    """How documents with certain fields in a certain order are read if all values are right.

    The program writes documents of few shapes, and reads very many of each.
    """

    numbers: tuple[tuple[str, type[Any], float, float], ...]
    """The fields that are numbers or yes and no, what the values must be, the least and the
    greatest."""
    text_names: tuple[str, ...]
    """The fields that are texts."""
    texts: Callable[[Mapping[str, Value]], tuple[Value, ...]]
    """Returns their values: two at least."""
    converted: tuple[tuple[str, Callable[[Value], Value]], ...]
    """The fields whose values are converted, and what does it."""
    defaults: dict[str, Value]
    """The defaults of the fields that the documents lack."""
    factories: tuple[tuple[str, Callable[[], Value]], ...]
    """Those fields that have a value of their own each time, and what makes it."""


_shapes: dict[type[Any], dict[tuple[str, ...], _Shape | None]] = {}
_MOST_SHAPES = 64
"""Of so many shapes of a kind it is kept how they are read: other programs may write any number."""


def _shape_of(kind: type[Any], names: tuple[str, ...]) -> _Shape | None:
    """Return how documents with these fields are read; None if their fields are read one by one."""
    known = _shapes.setdefault(kind, {})
    if names not in known:
        if len(known) >= _MOST_SHAPES:
            known.clear()
        known[names] = _find_shape(kind, names)
    return known[names]


def _find_shape(kind: type[Any], names: tuple[str, ...]) -> _Shape | None:
    by_name = _known_fields(kind)
    lacking = [item for item in by_name.values() if item.name not in names]
    odd = any(name not in by_name for name in names)
    if odd or any(item.default is MISSING for item in lacking):
        return None
    there = [by_name[name] for name in names]
    factories = {
        item.name: item.default_factory
        for item in fields(kind)
        if item.default_factory is not MISSING and item.name in by_name and item.name not in names
    }
    texts = tuple(item.name for item in there if item.exact is str)
    if not texts:
        return None
    return _Shape(
        tuple(
            (item.name, item.exact, *item.limits) for item in there if item.exact and item.limits
        ),
        texts,
        itemgetter(*texts, texts[0]),
        tuple((item.name, item.strict) for item in there if item.strict is not None),
        {item.name: item.default for item in lacking if item.name not in factories},
        tuple(factories.items()),
    )


def _decode_at_once(kind: type[R], id: str, doc: Mapping[str, Value], shape: _Shape) -> R | None:
    """Return the record of a document; None if a value is not as it should be."""
    made, values = empty(kind)
    values.update(shape.defaults)
    values.update(doc)
    values["id"] = id
    for name, make in shape.factories:
        values[name] = make()
    for name, exact, least, most in shape.numbers:
        value = values[name]
        if type(value) is not exact or not least <= value <= most:
            return None
    try:
        for name, convert in shape.converted:
            values[name] = convert(values[name])
        # To look at all texts at once, which tells too that they are texts, takes little time.
        printable = "".join(shape.texts(doc)).isprintable()
    except _WRONG:
        return None
    if not printable:
        values.update((name, safe(doc[name])) for name in shape.text_names)
    return made


def _decode_by_field(kind: type[R], id: str, doc: Mapping[str, Value]) -> R:
    """Return the record of a document, whatever its values are."""
    found: dict[str, Value] = {"id": id}
    known = _known_fields(kind)
    for name, raw in doc.items():
        item = known.get(name)
        if item is None:
            continue
        if item.decode is None or (item.exact is str and type(raw) is str and raw.isprintable()):
            found[name] = raw
            continue
        try:
            found[name] = item.decode(raw)
        except _WRONG:
            continue
    try:
        return kind(**found)
    except TypeError:
        for item in _fields_of(kind):
            if item.default is MISSING:
                found.setdefault(item.name, _substitute(kind, item.name))
        return kind(**found)


_known: dict[type[Any], dict[str, _Field]] = {}


def _known_fields(kind: type[Any]) -> dict[str, _Field]:
    found = _known.get(kind)
    if found is None:
        found = _known[kind] = {item.name: item for item in _fields_of(kind)}
    return found


def _substitute(kind: type[Record], name: str) -> Value:
    """Return a value for a field that must be given and that the document lacks."""
    hint = _hints(kind)[name]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return {int: 0, date: FIRST_DAY}.get(hint, "")


def problems_of(kind: type[Record], doc: Mapping[str, Value]) -> list[str]:
    """Return the names of the fields that a document lacks or whose values cannot be read."""
    wrong = []
    for item in _fields_of(kind):
        if item.name not in doc:
            if item.default is MISSING:
                wrong.append(item.name)
            continue
        try:
            if item.decode is not None:
                item.decode(doc[item.name])
        except _WRONG:
            wrong.append(item.name)
    return wrong


def table_rules() -> dict[str, Rules]:
    """Return how the documents of each table are merged, as the fields of its records say."""
    return {kind.table: _rules_of(kind) for kind in KINDS}


def _rules_of(kind: type[Record]) -> Rules:
    decisions: dict[str, set[str]] = {}
    texts, owners, refers = set(), {}, {}
    for item in fields(kind):
        if item.metadata.get("text"):
            texts.add(item.name)
        if "owner" in item.metadata:
            owners[item.name] = item.metadata["owner"]
        if "refers" in item.metadata and kind.UNDOABLE:
            refers[item.name] = Reference(item.metadata["refers"], item.metadata["at"])
        if "decision" in item.metadata:
            decisions.setdefault(item.metadata["decision"], set()).add(item.name)
    moments = frozenset(one.name for one in fields(kind) if str(one.type).startswith("datetime"))
    return Rules(
        frozenset(texts), tuple(map(frozenset, decisions.values())), moments, owners, refers
    )
