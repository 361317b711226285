"""How long tasks have taken is told of enough mentees only, and never of the example."""

from __future__ import annotations

from data.contribution.line import TaskTime
from data.contribution.times import task_times
from data.published.figures import FEWEST
from data.records import Mentee, Task
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct


def filled(number: int, *, example: bool = False, took: int = 240, type: str = "Journal") -> Store:
    store = direct(Disk())
    for place in range(number):
        mentee = Mentee(name=f"M{place}", example=example and not place)
        task = Task(
            mentee_id=mentee.id, title="x", type=type, estimate_min=180, actual_min=took + place
        )
        store.commit([Change.created(mentee), Change.created(task)])
    return store


def test_a_figure_needs_five_mentees() -> None:
    assert task_times(filled(FEWEST - 1).tables()) == []
    assert task_times(filled(FEWEST).tables()) == [TaskTime("Journal", 180, 240, 5)]


def test_many_tasks_of_few_mentees_are_not_enough() -> None:
    store = filled(FEWEST - 1)
    (mentee, *_others) = store.all(Mentee)
    more = [
        Task(mentee_id=mentee.id, title="y", type="journal", estimate_min=60, actual_min=60)
        for _number in range(5)
    ]
    store.commit([Change.created(one) for one in more])
    assert task_times(store.tables()) == []


def test_the_example_is_not_counted() -> None:
    assert task_times(filled(FEWEST, example=True).tables()) == []
    assert task_times(filled(FEWEST + 1, example=True).tables())[0].tasks == FEWEST


def test_tasks_without_both_times_or_a_type_are_not_counted() -> None:
    store = filled(FEWEST)
    (mentee, *_others) = store.all(Mentee)
    more = [
        Task(mentee_id=mentee.id, title="a", type="Journal", estimate_min=999),
        Task(mentee_id=mentee.id, title="b", type="Journal", actual_min=999),
        Task(mentee_id=mentee.id, title="c", type=" ", estimate_min=9, actual_min=9),
    ]
    store.commit([Change.created(one) for one in more])
    assert task_times(store.tables()) == [TaskTime("Journal", 180, 240, 5)]


def test_types_are_the_same_however_they_are_spelt_and_averages_are_round() -> None:
    store = filled(FEWEST, took=236)
    mentee = Mentee(name="N")
    other = Task(mentee_id=mentee.id, title="x", type=" JOURNAL", estimate_min=187, actual_min=236)
    store.commit([Change.created(mentee), Change.created(other)])
    assert task_times(store.tables()) == [TaskTime("Journal", 180, 240, 6)]
