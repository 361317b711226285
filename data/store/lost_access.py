"""Why mentees are not shown any more whom this session has shown: a role or a membership ended."""

from __future__ import annotations

from data.records import Mentee
from data.storage.problems import Notice, NoticeKind
from data.store.events import Event


class LostAccess:
    """What the user has lost access to since the records were opened."""

    def __init__(self) -> None:
        self._by_mentee: dict[str, Notice] = {}
        self._last: Notice | None = None

    def hear(self, event: Event) -> None:
        """Remember what an event tells of it."""
        for notice in event.notices:
            if notice.kind in {NoticeKind.ROLE_ENDED, NoticeKind.MEMBER_ENDED}:
                self._last = notice
                gone = (id for table, id in notice.records if table == Mentee.table)
                self._by_mentee.update(dict.fromkeys(gone, notice))

    def why(self, mentee_id: str) -> str:
        """Return the sentence that says why a mentee is not shown; "" if nothing was lost."""
        notice = self._by_mentee.get(mentee_id)
        return "" if notice is None else str(notice)

    @property
    def of_team(self) -> bool:
        """Whether the user is not a mentor in the team any more, so that nothing can be saved."""
        return self._last is not None and self._last.kind is NoticeKind.MEMBER_ENDED

    @property
    def why_nobody(self) -> str:
        """The sentence that says why there is nobody any more; "" if nothing was lost."""
        return "" if self._last is None else str(self._last)
