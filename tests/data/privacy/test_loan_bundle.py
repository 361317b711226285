"""What the bundle of a loan says, and what is kept here of what was lent."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from data.privacy.bundle import LENT, RETURNED, Bundle, BundleError, read_bundle
from data.privacy.lending import pruned, sum_of
from data.privacy.purge import carry_out, earlier_of, plan, private_of
from data.records import (
    Note,
)
from data.store.change import Change
from tests.data.privacy.lending_tools import Side, borrow, give, lend, side


@pytest.mark.parametrize(
    "wrong",
    [{"side": "sold"}, {"until": "i morgen"}, {"gone": ["passwd/1"]}, {"key": None, "gone": 3}],
)
def test_a_manifest_that_says_nonsense_is_refused(
    anne: Side, tmp_path: Path, wrong: dict[str, object]
) -> None:
    data = lend(anne, tmp_path / "lent.mentor")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["loan"] |= wrong
                content = json.dumps(manifest).encode()
            new.writestr(name, content)
    with pytest.raises(BundleError):
        read_bundle(made.getvalue())


def test_a_bundle_says_whether_it_lends_or_gives_back(anne: Side, bo: Side, tmp_path: Path) -> None:
    data = lend(anne, tmp_path / "lent.mentor")
    borrow(bo, data)
    for one, said in ((data, LENT), (give(bo, tmp_path / "back.mentor"), RETURNED)):
        bundle: Bundle = read_bundle(one)
        assert bundle.loan
        assert bundle.loan.side == said
        assert bundle.loan.key.startswith(f"{anne.mentee.id}/")
        assert bundle.mentee_id == anne.mentee.id
    assert sum_of(bo.store, bo.mentee, bo.loan) == bo.loan.back_sum


def test_what_is_deleted_for_good_stands_in_no_loan_either(anne: Side, tmp_path: Path) -> None:
    notes = [
        Note(mentee_id=anne.mentee.id, text=f"KANARIE-{word}", private=False)
        for word in ("privat", "slettet", "delt")
    ]
    anne.commit(*map(Change.created, notes))
    lend(anne, tmp_path / "lent.mentor")
    for _time in range(2):  # the file with what was lent becomes a backup
        anne.opened.close()
        anne.opened = side(tmp_path / "anne").opened
        anne.commit(Change.edited(anne.mentee, about=f"{anne.mentee.about} x"))
    first, second = (anne.store.get(Note, one.id) for one in notes[:2])
    assert first
    assert second
    anne.commit(Change.edited(first, private=True), Change.deleted(second))
    kept = b"".join(map(content, (tmp_path / "anne/mentor.json.backups").rglob("*")))
    assert kept.count(b"KANARIE-slettet") > 1, "as a note, and as what was lent"
    for number, wanted in enumerate((private_of, earlier_of)):
        anne.commit(*pruned(anne.store, anne.mentee))
        environ = {"HOME": str(tmp_path)}
        planned = plan(anne.opened.path, anne.store, wanted(anne.store, anne.mentee), environ)
        anne.opened.close()
        carry_out(anne.opened.path, planned, environ, documents=tmp_path / "none")
        found = b"".join(map(content, anne.opened.path.parent.rglob("*")))
        assert b"KANARIE-delt" in found
        assert b"KANARIE-privat" not in content(anne.opened.path)
        assert number == 0 or b"KANARIE-slettet" not in found
        anne.opened = side(tmp_path / "anne").opened


def content(path: Path) -> bytes:
    """Return the bytes of a file, and those that are packed in it."""
    data = path.read_bytes() if path.is_file() else b""
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
