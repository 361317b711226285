"""A co-mentor in a team file: Today has the mentee's rows while the role lasts, and no longer.

What is private stays with who wrote it: two users of the computer, each with files of their own.
"""

from __future__ import annotations

from tests.e2e.accounts import Account, accounts, team_folder

GIVE = """
import sys
from datetime import date
from data.method.mentorship.roles import new_co_mentor
from data.queries.views import mentee_view
from data.records import Mentee, Person
from data.store.change import Change
from tui.cli.call import Call
from dataclasses import replace
with Call().open() as store:
    mentee = next(one for one in store.all(Mentee) if one.name == "Åse Holm")
    person = next((one for one in store.all(Person) if one.name == sys.argv[1]), None)
    made = [] if person else [Change.created(Person(name=sys.argv[1]))]
    role = new_co_mentor(mentee_view(store, mentee)).after
    person = person or made[0].after
    role = replace(role, person_id=person.id, until=date.fromisoformat(sys.argv[2]))
    store.commit([*made, Change.created(role)])
"""


def test_the_role_gives_the_rows_of_today_and_never_what_is_private() -> None:
    with accounts("a", "b") as (anne, bo):
        team = team_folder(anne, bo)
        file = {"MENTOR_FILE": str(team / "mentor.json")}
        anne.done("add", "Åse Holm", "--start", "2026-11-02", **file)
        bo.done("add", "Per Lund", "--start", "2026-11-02", **file)
        anne.done("note", "Åse", "KANARIE-anne", **file)
        assert names(anne, file) == {"Åse Holm"}
        assert names(bo, file) == {"Per Lund"}

        assert anne.python_done(GIVE, bo.name, "2026-11-30", **file) == ""
        assert names(bo, file) == {"Åse Holm", "Per Lund"}
        assert names(anne, file) == {"Åse Holm"}
        bo.done("note", "Åse", "KANARIE-bo", **file)
        shown = bo.done("show", "Åse", "--private", "--all", **file)
        assert f"Co-mentor: {bo.name} (until 30-11-2026)" in shown
        assert "KANARIE-bo" in shown
        assert "KANARIE-anne" not in shown
        assert "KANARIE-bo" not in anne.done("show", "Åse", "--private", "--all", **file)
        after = {**file, "MENTOR_NOW": "2026-12-01T08:05"}
        assert names(bo, after) == {"Per Lund"}
        assert names(anne, after) == {"Åse Holm"}


def names(one: Account, file: dict[str, str]) -> set[str]:
    said = one.done("due", **file)
    return {name for name in ("Åse Holm", "Per Lund") if name in said}
