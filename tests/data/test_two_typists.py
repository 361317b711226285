"""Two who type in one text: fields that show what the other wrote, and a file that merges."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.merge_text import merge_text
from data.word_diff import cursor_after_edit

LINES = ("aa0 aa1, aa2. aa3\naa4 aa5", "bb0 bb1 bb2 bb3\n\nbb4")


@dataclass
class Typist:
    """A field in which one text is typed, wherever the cursor has come to."""

    line: str
    shown: str = ""
    cursor: int = 0
    base: str = ""
    typed: int = 0
    begins_line: bool = False

    def type(self, count: int) -> None:
        for letter in self.line[self.typed : self.typed + count]:
            put = f"\n{letter}" if self.begins_line and letter != "\n" else letter
            self.shown = self.shown[: self.cursor] + put + self.shown[self.cursor :]
            self.cursor += len(put)
            self.typed += 1
            self.begins_line = False

    def commit(self, file: str) -> str:
        merged, _met = merge_text(self.base, self.shown, file)
        self.base = self.shown
        return merged

    def see(self, file: str) -> None:
        own = bool(self.shown) and not self.begins_line
        self.cursor, self.begins_line = cursor_after_edit(
            self.shown, file, self.cursor, has_own=own
        )
        self.shown = self.base = file


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(["type", "type", "commit", "see"])),
        max_size=40,
    ),
    st.lists(st.integers(1, 4), min_size=40, max_size=40),
)
def test_every_line_stays_whole(acts: list[tuple[int, str]], counts: list[int]) -> None:
    typists = [Typist(line) for line in LINES]
    file = ""
    for (who, act), count in zip(acts, counts, strict=False):
        typist = typists[who]
        if act == "type":
            typist.type(count)
        else:
            file = typist.commit(file)
        if act == "see":
            typist.see(file)
    for typist in typists:
        typist.type(len(typist.line))
        file = typist.commit(file)
    written = [line.rstrip() for line in file.split("\n") if line.strip()]
    wanted = [line for text in LINES for line in text.split("\n") if line]
    assert sorted(written) == sorted(wanted)
