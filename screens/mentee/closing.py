"""The page "What the mentee can do now", for the end of a mentorship and before it (R6, R46)."""

from __future__ import annotations

from screens.documents.page import DocumentScreen
from screens.frame.context import Context


class ClosingScreen(DocumentScreen):
    """The letter that says what the mentee has learned, with dates."""

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, "can-now")
