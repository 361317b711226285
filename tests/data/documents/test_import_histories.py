"""Two sessions give out, edit, import, undo and redo in any order: no word is lost or doubled."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from data.documents.importing.preview import Preview
from data.documents.model.document import Document
from data.documents.taking_in import take_in
from data.records import Conflict, Mentee, Task
from data.store.change import Change
from data.store.saver import Outcome
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.forms import as_csv, as_docx, look
from tests.data.documents.plans import a_task, filled, given

ACTIONS = ("give", "form", "form", "edit", "edit", "import", "import", "undo", "redo")
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(ACTIONS), st.integers(0, 3), st.integers(1, 2)),
    min_size=3,
    max_size=14,
)


class Form:
    """A plan that was given out, and what somebody has written in it since."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words: set[str] = set()

    def write(self, row: int, word: str) -> None:
        grid = self.document.grid
        assert grid is not None
        at = [column.key for column in grid.columns].index("next_step")
        self.document = filled(self.document, row, next_step=f"{grid.rows[row - 1][at]} {word}")
        self.words.add(word)

    def preview(self, store: Store, mentee: Mentee, *, csv: bool) -> Preview:
        if csv:
            return look(store, mentee, "plan.csv", as_csv(self.document))
        return look(store, mentee, "plan.docx", as_docx(self.document, self.document.grid))


class History:
    """Two sessions of one file, and the forms that they have given out."""

    def __init__(self, *, csv: bool) -> None:
        disk = Disk()
        self.csv = csv
        self.mentee = Mentee(id="7000000000000000001", name="Maja Holm")
        tasks = [a_task(f"Opgave {n}", order=float(n), next_step=f"Start{n}.") for n in (1, 2)]
        first = Store(MemoryBackend(disk), by="")
        first.commit([Change.created(one) for one in (self.mentee, *tasks)])
        self.sessions = [Store(MemoryBackend(disk, by), by=by) for by in ("met", "bo")]
        self.disk = disk
        self.forms: list[Form] = []
        self.words = {"Start1.", "Start2."}
        self.undone = False

    def act(self, number: int, session: int, action: str, which: int, row: int) -> None:
        store = self.sessions[session]
        store._sync._receive(Outcome(store._sync.backend.poll()))
        form = self.forms[which % len(self.forms)] if self.forms else None
        if action == "give":
            self.forms.append(Form(given(store, self.mentee)))
        elif action == "edit":
            task = store.all(Task)[row - 1]
            word = f"E{number}y"
            store.commit([Change.edited(task, next_step=f"{task.next_step} {word}")], "Edit")
            self.words.add(word)
        elif action == "undo":
            self.undone |= store.undo() is not None
        elif action == "redo":
            store.redo()
        elif form is not None and action == "form":
            form.write(row, f"F{number}x")
        elif form is not None:
            take_in(store, form.preview(store, self.mentee, csv=self.csv))
            self.words |= form.words
            assert form.preview(store, self.mentee, csv=self.csv).changes == ()

    def check(self) -> None:
        final = Store(MemoryBackend(self.disk), by="")
        texts = [one.next_step for one in final.all(Task)]
        texts += [one.mine for one in final.all(Conflict)]
        found = Counter(
            word for text in texts for word in re.findall(r"[EF]\d+[xy]|Start\d\.", text)
        )
        assert len(final.all(Task)) == 2
        assert max(found.values()) == 1, "no word is doubled"
        assert self.undone or self.words == {*found}, "no word is lost"


@settings(max_examples=40, deadline=None)
@given_by(STEPS, st.booleans())
def test_no_word_is_lost_or_doubled(steps: list[tuple[int, str, int, int]], csv: bool) -> None:
    history = History(csv=csv)
    for number, step in enumerate(steps):
        history.act(number, *step)
    history.check()
