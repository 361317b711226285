"""Library folders for tests: real files, as a coordinator writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

HEAD: Final = 'name = "Jobcenter Nordby"\nversion = "1"\n'
DUTIES: Final = """\
leave_out = ["lunch"]

[[duty]]
key = "systems"
text = "Introduktion til Nordbys systemer"
due = "uge 2"

[[duty]]
key = "coffee"
text = "Vise kaffemaskinen"
kind = "social"
main = "buddy"
takes_part = ["newcomer"]
due = "dag 1"
"""
QUESTIONS: Final = """\
[[question]]
key = "occupied"
text = "Hvad fylder hos dig lige nu?"

[[question]]
key = "field"
text = "Hvad lærte du af det sidste borgermøde?"
probes = ["Hvad gjorde du?"]
after = "works"
"""
EXPECTATIONS: Final = 'minutes = 60\nplace = "Mødelokale 2"\n'
RHYTHMS: Final = """\
[[rhythm]]
key = "nordby"
title = "Nordbys rytme"
stretch = [
  { until_week = 8, every_weeks = 1 },
  { until_week = 40, every_weeks = 3 },
]
"""
MATERIALS: Final = """\
[[material]]
key = "handbook"
title = "Nordbys håndbog"
where = "https://example.org/haandbog"
step = "plan"
about = \"\"\"
Hvordan vi gør
hos os.
\"\"\"
"""
TIPS: Final = '[[tip]]\ntype = "Journal"\ntext = "Skriv samme dag."\n'
CULTURE: Final = "# Sådan sparrer vi i Nordby\n\nVi spørger\nførst.\n\n- Døren er åben\n"
TEMPLATE: Final = 'name = "De første uger"\n\n[[task]]\ntitle = "Hilse på"\nsparring = "uge 2"\n'
WHOLE: Final = {
    "library.toml": HEAD,
    "duties.toml": DUTIES,
    "questions/10.toml": QUESTIONS,
    "expectations.toml": EXPECTATIONS,
    "rhythms.toml": RHYTHMS,
    "materials.toml": MATERIALS,
    "tips.toml": TIPS,
    "texts/sparring_culture.md": CULTURE,
    "plans/first-weeks.toml": TEMPLATE,
    "people.toml": '[[person]]\nkey = "kim"\nname = "Kim Eksempel"\nplace = "lokale 2"\n',
}
"""A library with something of each kind."""


def write_library(folder: Path, files: dict[str, str] | None = None, **more: str) -> Path:
    """Write a library, by default the whole one; `more`: further files, without ".toml"."""
    for name, text in {**(WHOLE if files is None else files)}.items():
        put(folder, name, text)
    for name, text in more.items():
        put(folder, f"{name}.toml", text)
    return folder


def put(folder: Path, name: str, text: str) -> None:
    """Write one file of a library."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
