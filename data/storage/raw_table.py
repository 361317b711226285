"""Tables whose documents are made of the lines of the record file when they are asked for.

What has changed since the file was read stands beside the lines, as documents.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence

from data.storage import raw_lines
from data.storage.protocol import Doc, DocChange, Docs, Tables
from data.storage.raw_lines import NO_LINES, TableBytes, TableLines


class RawTable(MutableMapping[str, Doc]):
    """The documents of one table. Each is made anew whenever it is asked for."""

    def __init__(self, found: TableBytes) -> None:
        """Make a table of its bytes, which other tables may have too."""
        self.found = found
        """The bytes that the lines are in."""
        self.changed: dict[str, Doc | None] = {}
        """The documents that have been set since, by id; None for one that was deleted."""
        self._base: TableLines | None = None

    @property
    def base(self) -> TableLines:
        """The lines as they were read. Ask for them before `changed`.

        If their ids are unusual there are none, and all documents count as changed.
        """
        if self._base is None:
            self._base = self.found.lines
            if self._base is None:
                self._base = NO_LINES
                self.changed = {**self.found.decoded(), **self.changed}
        return self._base

    def copy(self) -> RawTable:
        """Return a table that has the same lines, and from now on changes by itself."""
        copied = RawTable(self.found)
        copied.changed, copied._base = dict(self.changed), self._base
        return copied

    def __getitem__(self, id: str) -> Doc:
        """Return a document. Raises `KeyError` if it is not there."""
        base = self.base
        if id in self.changed:
            doc = self.changed[id]
            if doc is None:
                raise KeyError(id)
            return doc
        at = base.find(id)
        if at is None:
            raise KeyError(id)
        return base.doc(at)

    def __contains__(self, id: object) -> bool:
        base = self.base
        if not isinstance(id, str):
            return False
        if id in self.changed:
            return self.changed[id] is not None
        return base.find(id) is not None

    def __setitem__(self, id: str, doc: Doc) -> None:
        self.changed[id] = doc

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self.changed[id] = None

    def __len__(self) -> int:
        base = self.base
        lines_of_changed = sum(base.find(id) is not None for id in self.changed)
        there = sum(doc is not None for doc in self.changed.values())
        return len(base) - lines_of_changed + there

    def __iter__(self) -> Iterator[str]:
        """Yield the ids: those of the lines as they stand in the file, and then the new ones."""
        for _at, id in self.walk():
            yield id

    def walk(self) -> Iterator[tuple[int | None, str]]:
        """Yield the ids as `__iter__` does, each with the number of its line.

        It is None for a document that has changed.
        """
        base = self.base
        left = dict(self.changed)
        for at in range(len(base)):
            id = base.id(at)
            if id not in left:
                yield at, id
            elif left.pop(id) is not None:
                yield None, id
        yield from ((None, id) for id, doc in left.items() if doc is not None)


class JoinedTable(RawTable):
    """The documents of two tables. Where both have one, that of the second counts.

    They stay lines. Those of both are put together when somebody asks for one.
    """

    def __init__(self, under: RawTable, over: RawTable) -> None:
        """Make a table of two, which may change by themselves from now on."""
        self._under, self._over = under.copy(), over.copy()
        super().__init__(self._under.found)

    @property
    def base(self) -> TableLines:
        """The lines of both. See `RawTable.base`."""
        if self._base is None:
            under, over = self._under, self._over
            sides = (under.base, under.changed), (over.base, over.changed)
            ids = {id for _lines, changed in sides for id in changed}
            changed = {id: over[id] if id in over else under.get(id) for id in ids}
            both = b",\n".join(filter(None, (under.found.raw, over.found.raw)))
            found = TableBytes(both, 0, len(both))
            self._base = found.lines
            if self._base is None:  # both have a document, or an id is unusual
                self._base = NO_LINES
                changed = {**found.decoded(), **changed}
            self.changed = {**changed, **self.changed}
        return self._base

    def copy(self) -> RawTable:
        """Return a table that has the same lines, and from now on changes by itself."""
        copied = JoinedTable(self._under, self._over)
        copied.changed, copied._base = dict(self.changed), self._base
        return copied


def read_tables(data: bytes, start: int) -> Tables | None:
    """Return the tables of a record file; None if its lines are not as this program writes them.

    Args:
        data: The bytes of the file.
        start: Where the tables begin in it.
    """
    found = raw_lines.read_tables(data, start)
    return None if found is None else {name: RawTable(table) for name, table in found.items()}


def copied(tables: Tables) -> Tables:
    """Return tables that change by themselves from now on; the documents are the same."""
    return {
        name: docs.copy() if isinstance(docs, RawTable) else dict(docs)
        for name, docs in tables.items()
    }


def several(docs: Docs, ids: Sequence[str]) -> list[Doc | None]:
    """Return the documents with these ids; None where there is none."""
    if not isinstance(docs, RawTable) or (docs.changed and any(id in docs.changed for id in ids)):
        return [docs.get(id) for id in ids]
    base = docs.base
    lines = [base.find(id) for id in ids]
    there = [at for at in lines if at is not None]
    found: list[Doc] = base.docs(there)
    if len(there) == len(ids):
        return list(found)
    by_line = dict(zip(there, found, strict=True))
    return [None if at is None else by_line[at] for at in lines]


def texts(docs: Docs, field: str) -> Iterator[tuple[str, str]]:
    """Yield the ids of all documents with the value of a field; "" where it is no text."""
    if isinstance(docs, RawTable):
        lines = docs.base.texts(field)
        left = dict(docs.changed)
        for id, text in lines:
            if id not in left:
                yield id, text
            elif (doc := left.pop(id)) is not None:
                yield id, _text(doc, field)
        yield from ((id, _text(doc, field)) for id, doc in left.items() if doc is not None)
    else:
        yield from ((id, _text(doc, field)) for id, doc in docs.items())


def with_text(docs: Docs, field: str, text: str) -> Iterator[tuple[str, Doc]]:
    """Yield the documents, with their ids, whose field has a text.

    One of plain letters and digits, such as an id, is looked for in the lines.
    """
    yield from ((id, doc) for id, doc in naming(docs, text) if doc.get(field) == text)


def naming(docs: Docs, text: str) -> list[tuple[str, Doc]]:
    """Return the documents, with their ids, that may have a text somewhere; see `with_text`."""
    if not (isinstance(docs, RawTable) and text.isascii() and text.isalnum()):
        return list(docs.items())
    lines = ((docs.base.id(at), at) for at in docs.base.with_text(text))
    found = [(id, docs.base.doc(at)) for id, at in lines if id not in docs.changed]
    return found + [(id, doc) for id, doc in docs.changed.items() if doc is not None]


def differing(one: Docs, other: Docs) -> list[str]:
    """Return the ids of the documents that are not the same in two tables."""
    lines = dict(_lines(one))
    found = []
    for id, line in _lines(other):
        if id not in lines:
            found.append(id)
            continue
        mine = lines.pop(id)
        if (mine is None or mine != line) and one[id] != other[id]:
            found.append(id)
    return found + list(lines)


def differing_in_all(one: Tables, other: Tables) -> list[tuple[str, str]]:
    """Return table and id of the documents that are not the same in two states."""
    tables = {**one, **other}
    return [
        (name, id) for name in tables for id in differing(one.get(name, {}), other.get(name, {}))
    ]


def differences(before: Tables, after: Tables) -> list[DocChange]:
    """Return the changes that lead from one state of the documents to another."""
    changes = []
    for table in {**before, **after}:
        old, new = before.get(table, {}), after.get(table, {})
        for id in differing(old, new):
            changes.append(DocChange(table, id, old.get(id), new.get(id)))
    return changes


def _lines(docs: Docs) -> Iterator[tuple[str, bytes | None]]:
    """Yield the ids of all documents, each with its line while that stands for it."""
    if isinstance(docs, RawTable):
        for at, id in docs.walk():
            yield id, None if at is None else docs.base.line(at)
    else:
        yield from ((id, None) for id in docs)


def _text(doc: Doc, field: str) -> str:
    value = doc.get(field)
    return value if isinstance(value, str) else ""
