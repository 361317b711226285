"""A hand-over: all that is shared arrives, nothing private; a changed byte is refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import now
from data.digest import sha256
from data.documents.records import everything
from data.method.visibility import Reader
from data.privacy.bundle import BundleError, bundle_of, read_bundle
from data.privacy.receiving import look_into, taken_in
from data.privacy.sealing import SealError, is_sealed, seal, unseal
from data.queries.all_about import all_about
from data.records import Answer, Mentee, Need, Note, NoteKind, Person, Role, RoleKind, Talk
from data.storage.history import take_in
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tests.tools.example import example_changes

DAY = date(2026, 12, 1)


def opened_at(folder: Path) -> OpenedStore:
    folder.mkdir(mode=0o700)
    return open_store(folder / "mentor.json", by=folder.name, threaded=False)


@pytest.fixture
def bodil(tmp_path: Path) -> Iterator[OpenedStore]:
    found = opened_at(tmp_path / "bodil")
    found.store.commit(example_changes(now(), "da"))
    yield found
    found.close()


@pytest.fixture
def anne(tmp_path: Path) -> Iterator[OpenedStore]:
    found = opened_at(tmp_path / "anne")
    yield found
    found.close()


def maja(opened: OpenedStore) -> Mentee:
    return next(one for one in opened.store.all(Mentee) if one.name.startswith("Maja"))


def receive(opened: OpenedStore, data: bytes, same: bool = False) -> int:
    """Take a bundle in; return how many records came."""
    arrival = look_into(opened.store, read_bundle(data))
    mentor = Person(id="77", name="Anne Ny")
    if opened.store.get(Person, mentor.id) is None:
        opened.store.commit([Change.created(mentor)])
    ids = [come.id for come, _here in arrival.namesakes] if same else []
    changes = taken_in(arrival, mentor, ids, DAY)
    opened.store.commit(changes)
    take_in(opened.path, arrival.bundle.key, arrival.bundle.history)
    return len(changes)


def shared(opened: OpenedStore, mentee: Mentee) -> dict[str, list[dict[str, Any]]]:
    """What is shared about a mentee, without what changes with a hand-over."""
    tables = everything(opened.store, mentee).tables
    stamps = {"rev", "changed_at", "changed_by", "created_at"}
    return {
        table: [{name: one[name] for name in one if name not in stamps} for one in docs]
        for table, docs in tables.items()
        if table not in {"roles", "postponed", "people"}
    }


def test_everything_shared_arrives_and_nothing_private(
    bodil: OpenedStore, anne: OpenedStore
) -> None:
    mentee = maja(bodil)
    talk = bodil.store.of(Talk, mentee.id)[0]
    private = [
        Note(mentee_id=mentee.id, text="CANARYnote"),
        Note(mentee_id=mentee.id, text="CANARYtvivl", kind=NoteKind.DOUBT, private=False),
        Answer(mentee_id=mentee.id, talk_id=talk.id, key="x", mentor="CANARYsvar", private=True),
        Answer(mentee_id=mentee.id, talk_id=talk.id, key="wellbeing", mentee="CANARYtrivsel"),
        Need(mentee_id=mentee.id, area="Jura", mentor_view="CANARYsyn"),
    ]
    bodil.store.commit(map(Change.created, private))

    data = bundle_of(bodil.store, mentee)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"CANARY" not in whole
    receive(anne, data)

    arrived = maja(anne)
    assert shared(anne, arrived) == shared(bodil, mentee)
    mentor = next(one for one in anne.store.all(Role) if one.kind is RoleKind.MENTOR)
    before = next(one for one in bodil.store.of(Role, mentee.id) if one.kind is RoleKind.MENTOR)
    assert mentor.person_id == "77"
    assert [(one.person_id, one.until) for one in mentor.earlier] == [(before.person_id, DAY)]
    assert anne.store.get(Person, before.person_id)
    told = {(one.table, one.id, one.by) for one in anne.store.history(arrived.id)}
    assert told >= {(one.table, one.id, "bodil") for one in bodil.store.history(mentee.id)}


def test_the_same_bundle_twice_changes_nothing_and_loses_no_edit(
    bodil: OpenedStore, anne: OpenedStore
) -> None:
    data = bundle_of(bodil.store, maja(bodil))
    assert receive(anne, data) > 100
    arrived = maja(anne)
    anne.store.commit([Change.edited(arrived, team="Et nyt team")])
    history = anne.store.history(arrived.id)
    assert receive(anne, data) == 0
    assert maja(anne).team == "Et nyt team"
    assert anne.store.history(arrived.id) == history


def test_people_of_the_same_name_are_the_same_only_where_somebody_says_so(
    bodil: OpenedStore, anne: OpenedStore, tmp_path: Path
) -> None:
    mette = next(one for one in bodil.store.all(Person) if one.name == "Mette Lund")
    own = Person(name="mette lund", title="vores egen")
    for same, number in ((True, 1), (False, 2)):
        opened = opened_at(tmp_path / f"same-{same}")
        opened.store.commit([Change.created(own)])
        receive(opened, bundle_of(bodil.store, maja(bodil)), same=same)
        named = [one for one in opened.store.all(Person) if one.name.lower() == "mette lund"]
        assert len(named) == number
        used = json.dumps(all_about(opened.store, maja(opened), Reader.WRITTEN), default=str)
        assert (own.id in used) is same
        assert (mette.id in used) is not same
        opened.close()


def test_people_of_the_workplaces_library_are_the_same_without_being_asked(
    bodil: OpenedStore, anne: OpenedStore
) -> None:
    theirs = next(one for one in bodil.store.all(Person) if one.name == "Mette Lund")
    says = {"library": "Nordby", "contact": "lokale 2"}
    bodil.store.commit([Change.edited(theirs, shared_key="mette", shared_says=says)])
    own = Person(name="Mette L.", contact="min egen", shared_key="mette", shared_says=says)
    anne.store.commit([Change.created(own)])
    data = bundle_of(bodil.store, maja(bodil))
    arrival = look_into(anne.store, read_bundle(data))
    assert arrival.namesakes == []
    assert theirs.id in {one.id for one in arrival.here}
    receive(anne, data)
    assert anne.store.get(Person, theirs.id) is None
    here = anne.store.get(Person, own.id)
    assert here is not None
    assert here.contact == "min egen"
    used = json.dumps(all_about(anne.store, maja(anne), Reader.WRITTEN), default=str)
    assert own.id in used
    assert theirs.id not in used


def test_another_mentee_of_that_name_is_told(bodil: OpenedStore, anne: OpenedStore) -> None:
    other = Mentee(name="maja holm")
    anne.store.commit([Change.created(other)])
    arrival = look_into(anne.store, read_bundle(bundle_of(bodil.store, maja(bodil))))
    assert [one.id for one in arrival.same_mentee_name] == [other.id]
    assert not arrival.is_empty


def test_names_of_a_bundle_are_one_clean_line(
    bodil: OpenedStore, anne: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentee = maja(bodil)
    person = bodil.store.all(Person)[0]
    wild = "Maja\nHolm \x1b[31mrød\x1b]0;titel\x07"
    bodil.store.commit(
        [Change.edited(mentee, name=wild), Change.edited(person, name=wild, title="a\nb")]
    )
    monkeypatch.setattr("data.privacy.bundle.line", str)
    assert "\n" in read_bundle(bundle_of(bodil.store, maja(bodil))).name, (
        "it is there to be cleaned"
    )
    monkeypatch.undo()
    data = bundle_of(bodil.store, maja(bodil))
    assert read_bundle(data).name == "Maja Holm rød"
    receive(anne, data)
    assert maja(anne).name == "Maja Holm rød"
    arrived = anne.store.get(Person, person.id)
    assert arrived is not None
    assert (arrived.name, arrived.title) == ("Maja Holm rød", "a b")


@cache
def a_bundle() -> bytes:
    with TemporaryDirectory() as folder:
        opened = opened_at(Path(folder) / "bodil")
        opened.store.commit(example_changes(now(), "en"))
        data = bundle_of(opened.store, maja(opened))
        opened.close()
    return data


@pytest.fixture
def bundle() -> bytes:
    return a_bundle()


@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_changed_byte_is_refused_or_changes_nothing(at: int, bit: int) -> None:
    bundle = a_bundle()
    at %= len(bundle)
    changed = bytes([*bundle[:at], bundle[at] ^ 1 << bit, *bundle[at + 1 :]])
    found = None
    with suppress(BundleError):
        found = read_bundle(changed)
    # A byte of the archive itself, such as a date in it, says nothing about what it holds.
    assert found is None or found == read_bundle(bundle)


@pytest.mark.parametrize("cut", [0, 1, 10, 500, -1])
def test_what_is_no_bundle_is_refused_in_one_line(bundle: bytes, cut: int) -> None:
    with pytest.raises(BundleError):
        read_bundle(bundle[:cut])


def remade(bundle: bytes, files: Mapping[str, Any] | None = None, **changes: Any) -> bytes:
    """The bundle with another manifest, or with other values in its files, whole in itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as old, zipfile.ZipFile(made, "w") as new:
        found = {name: old.read(name) for name in old.namelist()}
        found |= {name: json.dumps(values).encode() for name, values in (files or {}).items()}
        manifest = json.loads(found["manifest.json"]) | changes
        manifest["sha256"] = {name: sha256(found[name]).hex() for name in manifest["sha256"]}
        found["manifest.json"] = json.dumps(manifest).encode()
        for name, content in found.items():
            new.writestr(name, content)
    return made.getvalue()


def file_of(bundle: bytes, name: str) -> Any:
    """The values of one file of a bundle."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return json.loads(archive.read(name))


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-30T10:00:00", 5])
def test_a_history_without_times_is_refused(bundle: bytes, at: Any) -> None:
    """What comes in is told by its times later on, as when a loan is given back."""
    history = file_of(bundle, "history.json")
    history[0][2] = at
    with pytest.raises(BundleError, match="changed or damaged"):
        read_bundle(remade(bundle, {"history.json": history}))


@pytest.mark.parametrize("id", ["", "a/b", "a b", "../x", "x" * 61, 5, None])
def test_an_id_that_cannot_be_named_is_refused(bundle: bytes, id: Any) -> None:
    records = file_of(bundle, "records.json")
    records["tasks"][0]["id"] = id
    with pytest.raises(BundleError, match="changed or damaged"):
        read_bundle(remade(bundle, {"records.json": records}))


@pytest.mark.parametrize("start", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_can_mean_is_refused(bundle: bytes, start: str) -> None:
    records = file_of(bundle, "records.json")
    records["mentees"][0]["start"] = start
    with pytest.raises(BundleError, match="changed or damaged"):
        read_bundle(remade(bundle, {"records.json": records}))


def test_a_bundle_that_is_packed_anew_is_the_same(bundle: bytes) -> None:
    files = {name: file_of(bundle, name) for name in ("history.json", "records.json")}
    assert read_bundle(remade(bundle, files)) == read_bundle(bundle)


def test_a_bundle_of_a_newer_version_or_of_another_program_is_refused(bundle: bytes) -> None:
    with pytest.raises(BundleError, match="newer version"):
        read_bundle(remade(bundle, format=3))
    with pytest.raises(BundleError, match="no hand-over"):
        read_bundle(remade(bundle, kind="something else"))
    with pytest.raises(BundleError, match="changed or damaged"):
        read_bundle(remade(bundle, mentee="12345"))


def test_a_sealed_bundle_opens_with_its_word_alone(bundle: bytes) -> None:
    sealed = seal(bundle, "ugle i mosen")
    assert is_sealed(sealed)
    assert not is_sealed(bundle)
    assert b"Maja" not in sealed
    assert unseal(sealed, "ugle i mosen") == bundle
    with pytest.raises(SealError, match="wrong"):
        unseal(sealed, "ugle")
    with pytest.raises(SealError, match="wrong"):
        unseal(sealed[:-1] + b"x", "ugle i mosen")
    with pytest.raises(SealError):
        seal(bundle, "")
