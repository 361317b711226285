"""Takes filled-in forms in: looks what a file would change, then makes it one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from data.clock import today
from data.documents.importing.beside import (
    OwnWords,
    left_asides,
    left_lines,
    left_tables,
    with_entries,
)
from data.documents.importing.content import Grid, ImportProblem, ReadFile, TextLine
from data.documents.importing.expectations import left_over, preview_expectations
from data.documents.importing.expectations import written as expectation_texts
from data.documents.importing.given_values import Base, likeliest
from data.documents.importing.goals import goal_texts
from data.documents.importing.mentees import Workplace, preview_mentees
from data.documents.importing.only_to_read import only_to_read
from data.documents.importing.plan import GOALS, preview_plan
from data.documents.importing.plan_columns import plan_columns
from data.documents.importing.prep import preview_prep, talk_for
from data.documents.importing.preview import Preview
from data.documents.importing.reading import read_file, typed_path
from data.documents.importing.recognise import Form, form_of, is_mentees, is_of_roles, titled_form
from data.documents.importing.roles import preview_roles
from data.documents.importing.rows import TITLE, is_plan
from data.documents.importing.steady_ids import with_new_ids
from data.documents.importing.words import column_keys
from data.documents.kinds.roles import DUTY
from data.i18n import LANGUAGES, _, language
from data.library import agreement_defaults, duties, questions
from data.method.plan.fields import Reading
from data.method.talk.flow import TalkFlow
from data.method.talk.questions import with_own
from data.method.view import MenteeView
from data.queries.mentees import there_already
from data.queries.own_person import mentor_name, own_person
from data.queries.views import mentee_view, people_of
from data.records import Conflict, Mentee, Question, Written
from data.store.change import Change
from data.store.store import Store
from data.text import name_key

__all__ = [
    "ImportProblem",
    "Preview",
    "look_at",
    "look_at_mentees",
    "looking_at",
    "looking_at_mentees",
    "read_file",
    "take_in",
    "typed_path",
]


def look_at(store: Store, mentee: Mentee, file: ReadFile) -> Preview:
    """Return what a form about a mentee would change. Nothing is changed yet.

    Raises:
        ImportProblem: The file is no form that is known, or one about somebody else.
    """
    return looking_at(store, mentee, file)()


def looking_at(store: Store, mentee: Mentee, file: ReadFile) -> Callable[[], Preview]:
    """Return a function that does what `look_at` does, and may be called in another thread.

    All that it needs of the records is taken now; what changes in them later makes no difference.
    """
    view = mentee_view(store, mentee)
    mentor = mentor_name(store, view)
    seen = _Seen(
        file=file,
        view=view,
        mentor=mentor,
        mentees={name_key(one.name): one.id for one in store.all(Mentee)},
        reading=Reading(today(), mentee.start, mentor, lambda _id, _name: ""),
        marked=store.get(Written, file.mark) if file.mark else None,
        given=tuple(store.of(Written, mentee.id)),
        waiting=_waiting(store, mentee),
        questions=tuple(store.all(Question)),
    )
    documents = store.documents
    return lambda: with_new_ids(
        _preview(seen), lambda kind, one: documents.doc(kind.table, one) is not None
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file, and the records that decide what it changes."""

    file: ReadFile
    view: MenteeView
    mentor: str
    """The mentor's name."""
    mentees: Mapping[str, str]
    """Everybody's name, as `name_key` makes it -> the id."""
    reading: Reading
    marked: Written | None
    """What the mark of the file stands for."""
    given: Sequence[Written]
    """All that was given out about the mentee."""
    waiting: frozenset[tuple[str, str, str]]
    questions: Sequence[Question]
    """Those of the workplace."""


def _preview(seen: _Seen) -> Preview:
    file, view, reading = seen.file, seen.view, seen.reading
    own = view.mentee.columns
    form = form_of(file, own)
    if form is not Form.MENTEES and (called := only_to_read(file)):
        raise ImportProblem(
            _("{name} is a document to be read (“{called}”), and cannot be imported.").format(
                name=file.name, called=called
            )
        )
    if form is None and any(is_plan(grid, own) for grid in file.grids):
        form = Form.PLAN
    if form is None or form is Form.MENTEES:
        raise ImportProblem(_unknown(file, form))
    base = replace(_base(seen, form), waiting=seen.waiting)
    words = OwnWords(view, seen.mentor)
    match form:
        case Form.PLAN:
            running = view.running
            grids = [one for one in file.grids if is_plan(one, own)]
            plan = preview_plan(grids, view, base, reading, running.id if running else "")
            left = [one for one in file.lines if not one.in_table]
            found = _with_rest(plan, file, left, words, partial(is_plan, own=own))
        case Form.ROLES:
            defaults = [one for each in _languages() for one in duties(each)]
            roles, beside = preview_roles(file, view, base, reading, defaults)
            found = _with_rest(roles, file, beside, words, is_of_roles)
        case Form.EXPECTATIONS:
            about = view.mentee.id
            proposals = [agreement_defaults(one).for_mentee(about) for one in _languages()]
            page = preview_expectations(file, view, base, reading, proposals)
            found = _with_rest(page, file, left_over(file), words)
        case _:
            found = preview_prep(file, view, _flows(seen), words)
    return _remembered(found, base.written)


def _with_rest(
    preview: Preview,
    file: ReadFile,
    lines: Sequence[TextLine],
    words: OwnWords,
    is_read: Callable[[Grid], bool] | None = None,
) -> Preview:
    """Return a preview with what is in the file and has no place in the form.

    Args:
        preview: What the form would change.
        file: The file.
        lines: Its lines that are of no field.
        words: What the program itself has written.
        is_read: Whether a table has been read; None if tables are read as lines.
    """
    tables = left_tables(file.grids, is_read) if is_read is not None else ()
    beside = left_lines(lines, words, by_line=file.by_line)
    return with_entries(preview, tables, beside, left_asides(file, words))


def look_at_mentees(
    store: Store, file: ReadFile, *, again: bool = False, otherwise: str = ""
) -> Preview:
    """Return which mentees a file would add. Nothing is changed yet.

    Raises:
        ImportProblem: The file has no rows of mentees.
    """
    return looking_at_mentees(store, file, again=again, otherwise=otherwise)()


def looking_at_mentees(
    store: Store, file: ReadFile, *, again: bool = False, otherwise: str = ""
) -> Callable[[], Preview]:
    """Return a function that returns which mentees a file would add; see `looking_at`.

    Args:
        store: The records.
        file: What was read of it.
        again: Whether it also adds those whose name there is already.
        otherwise: A sentence that says how else one of these can be added, or "".
    """
    mentor, making = own_person(store)
    workplace = Workplace(people_of(store), mentor, making, duties(language()), today())
    there = there_already(store)
    rows = partial(_rows_of_mentees, file, workplace, there, again=again, otherwise=otherwise)
    documents = store.documents
    return lambda: with_new_ids(
        rows(), lambda kind, one: documents.doc(kind.table, one) is not None
    )


def _rows_of_mentees(
    file: ReadFile,
    workplace: Workplace,
    there: Callable[[str], str],
    *,
    again: bool,
    otherwise: str,
) -> Preview:
    if form_of(file) is not Form.MENTEES:
        raise ImportProblem(
            _(
                "{name} has no rows of mentees. The headings must be at least Name and First day "
                "at work. A form about one mentee is imported in the plan (W), or by "
                "mentor import NAME FILE"
            ).format(name=file.name)
        )
    preview = preview_mentees(file.grids, workplace, there, again=again, otherwise=otherwise)
    nobody = OwnWords(MenteeView.of(Mentee(name=""), ()), workplace.mentor.name)
    left = [one for one in file.lines if not one.in_table]
    return _with_rest(preview, file, left, nobody, is_mentees)


def take_in(store: Store, preview: Preview) -> None:
    """Make what a preview shows, as one step of undo.

    What another session has changed since the preview is merged, as always. If a cell cannot be
    read, nothing is made.

    Raises:
        NotSaved: It could not be saved, and nothing has changed. Only without a saver thread.
    """
    if not preview.unread and preview.changes:
        store.commit(preview.changes, preview.step)


def _remembered(preview: Preview, written: Written | None) -> Preview:
    """Return the preview with a note of what is taken: imported again, it changes nothing."""
    if written is None or not preview.changes:
        return preview
    taken = tuple(dict.fromkeys((*written.taken, *preview.taken)))
    return replace(preview, changes=(*preview.changes, Change.edited(written, taken=taken)))


def _waiting(store: Store, mentee: Mentee) -> frozenset[tuple[str, str, str]]:
    """Return id, field and value of each conflict of a mentee that waits for a decision."""
    return frozenset(
        (one.of_id, one.of_field, one.mine)
        for one in store.all(Conflict)
        if one.mentee_id in (mentee.id, "") and not one.settled
    )


def _languages() -> list[str]:
    """Return all languages, the one of the program first."""
    return sorted(LANGUAGES, key=lambda one: one != language())


def _unknown(file: ReadFile, form: Form | None) -> str:
    if form is Form.MENTEES:
        text = _(
            "{name} has rows of mentees. They are added on the home screen (W), or by "
            "mentor import FILE"
        )
        return text.format(name=file.name)
    return _(
        "{name} is no form that can be imported: a plan, roles, expectations, or a preparation "
        "sheet, with the headings of the blank form."
    ).format(name=file.name)


def _base(seen: _Seen, form: Form) -> Base:
    """Return what a form held when it was given out, by its mark or else by what is in it.

    Raises:
        ImportProblem: It was given out about another mentee, or its title names one.
    """
    file, mentee, written = seen.file, seen.view.mentee, seen.marked
    is_of = written.mentee_id if written is not None and written.what == form.value else ""
    if not is_of and form is not Form.PREP:
        named = name_key(titled_form(file)[1])
        is_of = seen.mentees.get(named, "") if named != name_key(mentee.name) else ""
    if is_of not in ("", mentee.id):
        # Somebody may look on, so the other mentee is not named.
        text = _("{file} is about another mentee than {mentee}.")
        raise ImportProblem(text.format(file=file.name, mentee=mentee.name))
    names, values = _texts(file, form, mentee.columns, seen.reading)
    if is_of:
        return Base.of(written).with_values(values)
    several = [one for one in seen.given if one.what == form.value]
    if not several and not file.mark:
        return Base.of(None)
    # Of a mark that is not known here, as from a file of before a backup, all may be old or new.
    return Base.among(likeliest(several, names, values)).with_values(values)


def _texts(
    file: ReadFile, form: Form, own: Sequence[str], reading: Reading
) -> tuple[list[str], list[str]]:
    """Return the texts of a form that name its records, and all its texts."""
    if form is Form.EXPECTATIONS:
        texts = list(expectation_texts(file).values())
        return texts, texts
    names: list[str] = []
    texts = []
    columns = plan_columns([grid.headings for grid in file.grids], own)
    for grid, of_plan in zip(file.grids, columns, strict=True):
        plan = of_plan if form is Form.PLAN else []
        keys = plan or column_keys("duties", grid.headings)
        for row in grid.rows:
            texts += row.cells
            for key, cell in zip(keys, row.cells, strict=False):
                if key == (TITLE if plan else DUTY):
                    names.append(cell)
                elif key == GOALS:
                    texts += goal_texts(cell, reading)
    return names, texts


def _flows(seen: _Seen) -> list[TalkFlow]:
    view = seen.view
    next_one = view.running or view.next_talk(today()) or next(iter(view.missed(today())), None)
    talk = talk_for(seen.file, view, next_one)
    if talk is None:
        return []
    return [TalkFlow(view, talk, with_own(questions(one), seen.questions)) for one in _languages()]
