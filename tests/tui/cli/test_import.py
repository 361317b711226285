"""`mentor import`: forms come back, rows of mentees are added, and another session is writing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from data.documents.given import give
from data.documents.sources import document_of
from data.documents.writers.formats import written
from data.records import Mentee, Task
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.tools import Mentor, process, read

PLAN = "No.;Task;Sparring;Coffee\r\n1;Journals;dag 10;black\r\n2;Meetings;week 2;\r\n"


def tasks(file: Path) -> dict[str, Task]:
    with closing(open_store(file, threaded=False)) as opened:
        return {task.title: task for task in opened.store.all(Task)}


def test_a_plan_is_shown_and_then_taken_in(mentor: Mentor, file: Path, tmp_path: Path) -> None:
    mentor("add", "Bo Test", "--start", "2025-08-01")
    form = tmp_path / "plan.csv"
    form.write_bytes(PLAN.encode("cp1252"))
    shown = mentor("import", "Bo", str(form), "--dry-run")
    assert shown.status == 0
    assert shown.out.splitlines() == [
        "Learning and competence plan: Bo Test",
        "New:",
        "  line 2: Journals · Sparring when: 11-08-2025",
        "  line 3: Meetings · Sparring when: 08-08-2025",
        "Left out:",
        "  The column “Coffee” is not in the plan.",
        "Nothing has been changed yet: 2 new.",
    ]
    assert tasks(file) == {}
    done = mentor("import", "Bo", str(form))
    assert done.status == 0
    assert done.out.splitlines()[-1] == "Imported: 2 new."
    assert sorted(tasks(file)) == ["Journals", "Meetings"]
    again = mentor("import", "Bo", str(form))
    assert again.out.splitlines()[-1] == "Nothing new in it: everything is here already."


def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_done(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor("add", "Bo Test", "--start", "2025-08-01")
    form = tmp_path / "plan.csv"
    form.write_text("Task;Sparring\nA;\nB;31-02-2026\n")
    refused = mentor("import", "Bo", str(form))
    assert refused.status == 2
    assert refused.err.count("\n") == 1
    assert "line 3, “Sparring”" in refused.err
    assert tasks(file) == {}


def test_mentees_are_added_from_rows(mentor: Mentor, file: Path, tmp_path: Path) -> None:
    mentor("add", "Bo Test", "--start", "2025-08-01")
    rows = tmp_path / "new.csv"
    rows.write_text("Name,Start\nAnna Ø,2026-01-05\nbo test,2026-01-05\n", encoding="utf-8")
    done = mentor("import", str(rows))
    assert done.status == 0
    assert "Bo Test already exists" in done.out
    assert {one.name for one in read(file)[0]} == {"Bo Test", "Anna Ø"}


def test_what_is_not_there_is_said_in_a_line(mentor: Mentor, tmp_path: Path) -> None:
    mentor("add", "Bo Test", "--start", "2025-08-01")
    form = tmp_path / "plan.csv"
    assert mentor("import", "Bo", str(form)).status == 2
    form.write_text(PLAN)
    assert mentor("import", "Nobody", str(form)).status == 4
    assert mentor("import", str(form)).status == 2
    assert mentor("import", "a", "b", "c").status == 2
    assert mentor("import").status == 2


def test_two_sessions_one_takes_in_while_the_other_edits_the_same_rows(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor("add", "Bo Test", "--start", "2025-08-01")
    with closing(open_store(file, threaded=False)) as opened:
        store = opened.store
        (bo,) = store.all(Mentee)
        for number, title in enumerate(("Journals", "Meetings"), 1):
            task = Task(mentee_id=bo.id, title=title, next_step="Read.", order=float(number))
            store.commit([Change.created(task)])
        document = give(store, bo, document_of(store, "plan", bo))
        form = tmp_path / "plan.docx"
        text = written(document, "docx")
        form.write_bytes(text)
        seen = {task.title: task for task in store.all(Task)}

        form = tmp_path / "plan.csv"
        form.write_text("Task;Next step;Type\nJournals;Read. Write.;Text\nMeetings;;Oral\n")
        taken = process(file, "import", "Bo", str(form))
        assert taken.returncode == 0, taken.stderr
        # This session has not seen it yet, and edits the same rows.
        store.commit(
            [Change.edited(seen["Journals"], next_step="Read. Call Lone.", estimate_min=60)]
        )
        store.commit([Change.edited(seen["Meetings"], next_step="Prepare.")])
    found = tasks(file)
    journals, meetings = found["Journals"], found["Meetings"]
    assert "Write." in journals.next_step
    assert "Call Lone." in journals.next_step
    assert (journals.type, journals.estimate_min) == ("Text", 60)
    assert (meetings.type, meetings.next_step) == ("Oral", "Prepare.")
