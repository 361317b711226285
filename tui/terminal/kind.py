"""What the terminal is and can do, told from the environment, before Textual is imported.

`prepare_environment` must run first: Textual reads its settings when it is imported.
"""

from __future__ import annotations

import codecs
import locale
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from typing import Final, Self

from rich.cells import cell_len

from data.frozen import immutable
from data.i18n import _
from tui.terminal.abilities import Abilities
from widgets.glyphs import SYMBOLS

ESCAPE_DELAY_MS: Final = 25
ESCAPE_DELAY_REMOTE_MS: Final = 60
"""How long Esc waits for the rest of a sequence: a network may hold it up.

tmux and screen put sequences together themselves, and hand them on whole. What a network holds up
for longer is put together afterwards by `tui.terminal.input`.
"""

_SETTINGS: Final = {
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TEXTUAL_FPS": "240",
}
"""No traffic without cause, letters as letters, and no waiting for the next of 60 frames."""

_FULL: Final = Abilities()
_NO_BACKGROUND: Final = replace(_FULL, paints_erased=False)
_FAMILIES: Final = (
    (r"vt2|vt3|vt4", replace(_NO_BACKGROUND, columns=False)),
    (r"screen.*-bce", _FULL),
    (r"screen|tmux|ansi|cygwin", _NO_BACKGROUND),
    (
        r"xterm|linux|putty|rxvt|eterm|kitty|foot|alacritty|konsole|gnome|vte|st\b|wezterm|ghostty"
        r"|iterm|mintty|contour|nsterm|ms-",
        _FULL,
    ),
)
_LEAST: Final = Abilities(paints_erased=False, shifts=False, columns=False)

_COLOURS: Final = ("standard", "256", "truecolor")
_COLOURFUL: Final = re.compile(
    r".*256|(?:xterm-)?(?:alacritty|foot|ghostty|kitty|wezterm|contour|iterm|mintty|ms-terminal|rio)"
)
"""Terminals with at least 256 colours. Their names alone say it: over SSH little else comes along,
and the computer at the other end need not know them in its terminfo."""
_COLOURLESS: Final = re.compile(r"vt\d|xterm-mono|.*-m\b")
_ONE_SCREEN: Final = re.compile(r"linux|vt\d|ansi|cons25")
"""Terminals without a second screen; the Linux console has one in the newest kernels only."""

_CONSOLE: Final = re.compile(r"linux|vt\d|ansi|cygwin|cons25")
"""Terminals whose font has letters and little else."""

_ASCII: Final = {
    **dict.fromkeys("│┃║▌▐▏▕▎▍╎┆┊▊▋▉", "|"),
    **dict.fromkeys("─━═╌┄┈▔▁▂╴╶╸╺", "-"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬┠┨┯┷┿╞╡╪", "+"),
    **dict.fromkeys("█▓▇▆▅▄▃▀■▪", "#"),
    **dict.fromkeys("▒░□▫", "."),
    **dict.fromkeys("•●◆⬤∙·", "*"),
    **dict.fromkeys("○◦◇", "o"),
    **dict.fromkeys("–—‒−‐‑", "-"),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("▶►▸→⏵›", ">"),
    **dict.fromkeys("◀◄◂←‹", "<"),
    **dict.fromkeys("▲▴↑⏶", "^"),
    **dict.fromkeys("▼▾↓⏷", "v"),
    **dict.fromkeys("✓✔☑", "x"),
    "…": ".",
    "€": "E",
}
"""What stands in, cell for cell, where there are no such characters; full is not empty."""
_LETTERS_ONLY: Final = str.maketrans({**_ASCII, "·": "-"})
"""The same where the charset would have them; a dot between two texts is no bullet."""


def prepare_environment(environ: MutableMapping[str, str]) -> None:
    """Choose Textual's settings, where the user has not. Call before Textual is imported."""
    for name, value in _SETTINGS.items():
        environ.setdefault(name, value)
    over_network = is_remote(environ) and not (environ.get("TMUX") or environ.get("STY"))
    delay = ESCAPE_DELAY_REMOTE_MS if over_network else ESCAPE_DELAY_MS
    environ.setdefault("ESCDELAY", str(delay))
    if _COLOURLESS.match(environ.get("TERM", "")):
        environ.setdefault("NO_COLOR", "1")
    colours = colour_system(environ)
    if colours != "none":  # or it would guess by itself, and not always what the theme is for
        environ["TEXTUAL_COLOR_SYSTEM"] = colours
    for name in ("COLUMNS", "LINES"):  # a shell's copy; it would outlive a change of size
        environ.pop(name, None)


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of a network."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def wants_mouse(environ: Mapping[str, str], asked: bool | None) -> bool:
    """Whether to ask for mouse events: as `asked`, and else only where they cost nothing."""
    return not is_remote(environ) if asked is None else asked


def wants_ascii(environ: Mapping[str, str], asked: bool | None) -> bool:
    """Whether to draw with letters only: as `asked`, or else where nothing more can be shown."""
    if asked is not None:
        return asked
    if _CONSOLE.match(environ.get("TERM", "").lower()):
        return True
    try:
        SYMBOLS.encode(charset(environ))
    except UnicodeEncodeError:
        return True
    return False


def refusal(environ: Mapping[str, str], *, is_terminal: bool) -> str | None:
    """Return one line that says why the screens cannot be shown here, or None."""
    if not is_terminal:
        return _("The program needs a terminal. Without one: mentor today --plain")
    if environ.get("TERM", "") in {"", "dumb", "unknown"}:
        return _(
            "This terminal cannot show screens (TERM={term}). Use: mentor today --plain"
        ).format(term=environ.get("TERM", ""))
    return None


def colour_system(environ: Mapping[str, str]) -> str:
    """Return "none", "standard" (16 colours), "256" or "truecolor"."""
    term = environ.get("TERM", "")
    if "NO_COLOR" in environ or _COLOURLESS.match(term):
        return "none"
    chosen = environ.get("TEXTUAL_COLOR_SYSTEM", "")
    if chosen in _COLOURS:
        return chosen
    if environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return "truecolor"
    if "direct" in term:
        return "truecolor"
    return "256" if _COLOURFUL.match(term) else "standard"


def charset(environ: Mapping[str, str]) -> str:
    """Return the codec of what the terminal shows, by the locale; "utf-8" where nothing is said."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(name, "")
        if value:
            named = value.partition(".")[2].partition("@")[0]
            if not named and value not in {"C", "POSIX"}:
                named = locale.getencoding()
            with_default = named or "utf-8"
            try:
                return codecs.lookup(with_default).name
            except LookupError:
                return "utf-8"
    return "utf-8"


@immutable
class TerminalKind:
    """One kind of terminal."""

    abilities: Abilities
    charset: str = "utf-8"
    ascii_only: bool = False
    """Whether lines, bars and marks are drawn with ASCII, whatever the charset has."""

    within_tmux: bool = False
    """Whether tmux stands between the program and the terminal."""

    one_screen: bool = False
    """Whether it is known to have no other screen: what is painted there is on the shell's own."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        """Return what the environment says the terminal is."""
        term = environ.get("TERM", "").lower()
        abilities = next((known for pattern, known in _FAMILIES if re.match(pattern, term)), _LEAST)
        return cls(
            abilities,
            charset(environ),
            wants_ascii(environ, None),
            bool(environ.get("TMUX")),
            _ONE_SCREEN.match(term) is not None,
        )

    def to_clipboard(self, sequence: str) -> tuple[str, ...]:
        """Return what sends a text to the clipboard (OSC 52) of the terminal that the user sees.

        tmux takes it for its own clipboard (`set-clipboard on`), or hands on what is wrapped for
        the terminal behind it (`allow-passthrough on`); neither can be seen from here.
        """
        if not self.within_tmux:
            return (sequence,)
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return sequence, f"\x1bPtmux;{doubled}\x1b\\"

    def encode(self, text: str) -> bytes:
        """Return `text` in the terminal's charset; what it lacks is replaced cell for cell."""
        if self.charset != "utf-8":
            return text.encode(self.charset, "mentor-cells")
        if self.ascii_only:
            text = text.translate(_LETTERS_ONLY)
        return text.encode("utf-8", "replace")


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(_ASCII.get(each, "?" * cell_len(each)) for each in characters), error.end


codecs.register_error("mentor-cells", _stand_in)
