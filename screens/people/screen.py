"""Screen 5: the people and networks whom the mentee should meet."""

from __future__ import annotations

from screens.mentee.listed_screen import ListedScreen
from screens.people.rows import PARTS


class PeopleScreen(ListedScreen):
    """A list of introductions."""

    PLACE = "people"
    DOCUMENT = "people"
    HELP_TOPIC = "people"
    PARTS = PARTS
