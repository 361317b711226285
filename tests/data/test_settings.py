"""Settings: a fault is one line and hinders nothing, and saving changes only its keys."""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import paths
from data.positions import load_positions, save_positions
from data.settings import Settings, SettingsError, load_settings, save_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config/settings.toml"


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_no_file_means_the_defaults(file: Path) -> None:
    loaded = load_settings(file)
    assert (loaded.settings, loaded.notices) == (Settings(), ())


def test_all_that_may_be_set_is_read(file: Path) -> None:
    write(file, '\ufefflanguage = "da"\nmouse = false\nstale_days = 30 # a month\n')
    loaded = load_settings(file)
    assert loaded.settings == Settings(language="da", mouse=False, stale_days=30)
    assert loaded.notices == ()


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        (
            "stale_days = 3\nstal_days = 4\n",
            "line 2: “stal_days” is not a setting; did you mean",
        ),
        ("x = 1\n", "settings.toml, line 1: “x” is not a setting. The line does not count."),
        ("[colours]\nred = 1\n", "line 1: “colours” is not a setting."),
        ("\nlanguage = 5\n", "line 2: “language” must be"),
        ('language = "fr"\n', 'line 1: “language” must be "da" / "en".'),
        ("mouse = 1\n", "“mouse” must be true or false."),
        ("stale_days = true\n", "“stale_days” must be a whole number of days from 0 to 3650."),
        ("stale_days = -1\n", "a whole number"),
        ("backup_weeks = 521\n", "“backup_weeks” must be a whole number of weeks from 0 to 520."),
        ("lock_minutes = 1441\n", "must be a whole number of minutes from 0 to 1440."),
        ("stale_days = 99999\n", "a whole number"),
        ("theme = 1\n", '“theme” must be "mentor-dark" / '),
        ("a = 1\nstale_days =\n", "line 2: This is not TOML. Nothing in it counts."),
        ('theme = "', "line 1: This is not TOML."),
        ("a = " + "[" * 5000, "line 1: This is not TOML."),
        ("a = 1\ncapacity = " + "9" * 5000, "line 2: This is not TOML."),
        (b"\xff\xfe", "The file is not UTF-8 text. Nothing in it counts."),
    ],
)
def test_a_fault_is_one_line_and_hinders_nothing(
    file: Path, text: str | bytes, notice: str
) -> None:
    write(file, text)
    loaded = load_settings(file)
    assert len(loaded.notices) == 1
    assert notice in loaded.notices[0]
    assert "\n" not in loaded.notices[0]
    assert replace(loaded.settings, stale_days=14) == Settings()


def test_one_fault_leaves_the_other_keys(file: Path) -> None:
    write(file, 'language = "da"\nmous = true\n')
    assert load_settings(file).settings.language == "da"


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "large"])
def test_what_is_no_file_of_settings_is_one_line_at_once(file: Path, kind: str) -> None:
    file.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    elif kind == "device":
        file.symlink_to("/dev/zero")
    else:
        write(file, 'language = "da"\n' + "#" * (1 << 20))
    said = "settings.toml: The file cannot be read. Nothing in it counts."
    assert load_settings(file).notices == (said,)
    assert load_positions(file) == {}
    with pytest.raises(SettingsError):
        save_settings(file, Settings(language="en"))


@given(st.binary(max_size=60))
def test_nothing_in_the_file_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("x") / "settings.toml"
    file.write_bytes(data)
    for notice in load_settings(file).notices:
        assert "\n" not in notice


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '# mine\nstale_days = 30  # a month\nlanguage = "da" # dansk\n\n[own]\nmouse = 1\n',
            '# mine\nstale_days = 30  # a month\nlanguage = "en" # dansk\n'
            "mouse = true\n\n[own]\nmouse = 1\n",
        ),
        ("", 'language = "en"\nmouse = true\n'),
        ("a=1", 'a=1\nlanguage = "en"\nmouse = true\n'),
        ('"language" = "da"\nx = [\n  1, # one\n]\n', None),
        ('language = "da"\r\n# end\r\n', 'language = "en"\r\n# end\r\nmouse = true\r\n'),
        ("x = '''\nlanguage = 1\n[no table]'''\n", None),
        ("[[many]]\na = 1\n[[many]]\na = 2\n", None),
    ],
)
def test_saving_changes_only_its_keys(file: Path, before: str, after: str | None) -> None:
    write(file, before)
    changed = replace(load_settings(file).settings, language="en", mouse=True)
    save_settings(file, changed)
    saved = file.read_bytes().decode()
    assert after is None or saved == after
    assert tomllib.loads(saved) == {**tomllib.loads(before), "language": "en", "mouse": True}
    assert load_settings(file).settings == changed
    save_settings(file, replace(changed, mouse=None))
    assert "mouse" not in tomllib.loads(file.read_text())
    lines = file.read_text().splitlines()
    assert [one for one in before.splitlines() if "#" in one and "language" not in one] == [
        one for one in lines if "#" in one and "language" not in one
    ]


def test_saving_what_stands_there_writes_nothing(file: Path) -> None:
    write(file, "stale_days = 30   # so\n")
    inode = file.stat().st_ino
    save_settings(file, load_settings(file).settings)
    assert (file.stat().st_ino, file.read_text()) == (inode, "stale_days = 30   # so\n")


def test_the_file_is_its_users_alone(file: Path) -> None:
    save_settings(file, Settings(theme="mentor-light"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert tomllib.loads(file.read_text()) == {"theme": "mentor-light"}
    assert load_settings(file).settings.theme == "mentor-light"
    assert list(file.parent.iterdir()) == [file]


def test_a_broken_file_is_not_saved_over(file: Path) -> None:
    for broken in (b"language = \n", b"a = 1\na = 2\n", b"\xff\xfe"):
        write(file, broken)
        with pytest.raises(SettingsError, match=r"settings\.toml") as caught:
            save_settings(file, Settings(language="da"))
        assert "\n" not in str(caught.value)
        assert file.read_bytes() == broken


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        save_settings(tmp_path / "config/settings.toml", Settings(language="da"))


def test_a_link_is_followed(file: Path, tmp_path: Path) -> None:
    own = tmp_path / "dotfiles.toml"
    own.write_text("")
    file.parent.mkdir(parents=True)
    file.symlink_to(own)
    save_settings(file, Settings(language="da"))
    assert file.is_symlink()
    assert own.read_text() == 'language = "da"\n'


def test_every_default_fits_its_own_rule(file: Path) -> None:
    every = Settings("da", "mentor-dark", mouse=True, ascii=False, sparring_days=1, talk_days=2)
    assert {item.name for item in fields(Settings)} > {"language", "theme", "mouse", "ascii"}
    save_settings(file, every)
    assert load_settings(file).settings == every


@pytest.mark.parametrize("name", ["README.md", "README.da.md"])
def test_the_readme_names_every_setting(file: Path, name: str) -> None:
    readme = (Path(__file__).parents[2] / name).read_text("utf-8")
    section = readme.partition("/settings.toml`:\n")[2].partition("\n## ")[0]
    shown = "".join(line for line in section.splitlines(True) if line.startswith("    "))
    write(file, shown)
    assert load_settings(file).notices == ()
    assert set(tomllib.loads(shown)) == {item.name for item in fields(Settings)}


def test_positions_are_remembered(tmp_path: Path) -> None:
    file = tmp_path / "state/positions.json"
    assert load_positions(file) == {}
    save_positions(file, {"plan:1": "2"})
    assert load_positions(file) == {"plan:1": "2"}
    for broken in (b"{", b"[]", b"\xff", b'{"a": 1, "b": "c"}'):
        file.write_bytes(broken)
        assert load_positions(file) in ({}, {"b": "c"})


def test_places_follow_the_rules_of_the_desktop(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    own = tmp_path / ".local/share/mentorrollen/mentor.json"
    assert paths.data_file(None, home) == own
    assert paths.data_file(None, {**home, "XDG_DATA_HOME": "relative"}) == own
    assert paths.data_file(None, {**home, "XDG_DATA_HOME": "/x"}) == Path(
        "/x/mentorrollen/mentor.json"
    )
    assert paths.data_file(None, {**home, "MENTOR_FILE": "/y/z.json"}) == Path("/y/z.json")
    assert paths.data_file("/a.json", {**home, "MENTOR_FILE": "/y/z.json"}) == Path("/a.json")
    assert paths.data_file("a.json", home) == Path.cwd() / "a.json"
    assert paths.data_file(None, home, "~/team/m.json") == tmp_path / "team/m.json"
    assert paths.data_file(None, home, "/srv/m.json") == Path("/srv/m.json")
    assert paths.data_file(None, {**home, "MENTOR_FILE": "/y/z.json"}, "/srv/m") == Path(
        "/y/z.json"
    )
    named = {**home, "XDG_CONFIG_DIRS": "/first:not-full:/second"}
    for_all = [Path(folder) / "mentorrollen/settings.toml" for folder in ("/second", "/first")]
    assert paths.settings_files(named) == (*for_all, paths.settings_file(home))
    assert paths.settings_files(home)[0] == Path("/etc/xdg/mentorrollen/settings.toml")
    assert paths.settings_file(home) == tmp_path / ".config/mentorrollen/settings.toml"
    assert paths.positions_file(home) == tmp_path / ".local/state/mentorrollen/positions.json"


def test_a_file_for_all_users_lies_beneath_the_own_one(tmp_path: Path) -> None:
    for_all, own = tmp_path / "all.toml", tmp_path / "own.toml"
    write(for_all, 'language = "da"\ntalk_days = 3\nstal_days = 1\n')
    assert load_settings(for_all, own).settings == Settings(language="da", talk_days=3)
    write(own, "talk_days = 5\nstale_days = true\n")
    loaded = load_settings(for_all, own)
    assert loaded.settings == Settings(language="da", talk_days=5)
    assert loaded.origins == {"language": for_all, "talk_days": own}
    assert loaded.notices[0].startswith(f"{for_all}, line 3: ")
    assert loaded.notices[1].startswith("own.toml, line 2: ")
    write(own, "= broken")
    assert load_settings(for_all, own).settings == Settings(language="da", talk_days=3)


def test_saving_writes_what_the_file_for_all_says_otherwise(tmp_path: Path) -> None:
    for_all, own = tmp_path / "all.toml", tmp_path / "own.toml"
    write(for_all, 'language = "da"\ntalk_days = 3\n')
    save_settings(own, Settings(language="da", talk_days=3), for_all)
    assert not own.exists() or own.read_text() == "", "nothing differs"
    chosen = Settings(language="en", talk_days=7)
    save_settings(own, chosen, for_all)
    assert tomllib.loads(own.read_text()) == {"language": "en", "talk_days": 7}
    assert load_settings(for_all, own).settings == chosen
