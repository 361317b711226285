"""What is published can be read by the group that is named, and by nobody else; and by whom it is.

Real users of the computer, with files and sessions of their own.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path

from data.published.read import read
from tests.e2e.accounts import Account, accounts, command, team_folder

YES = ("publish", "on", "--yes")


def can_read(one: Account, file: Path) -> bool:
    """Whether a user can really open a file."""
    done = subprocess.run(
        ["/bin/cat", str(file)],
        user=one.uid,
        group=one.group,
        extra_groups=os.getgrouplist(one.name, one.group),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_the_group_can_read_it_in_a_folder_for_all_and_nobody_else() -> None:
    with accounts("a", "b", "c") as (anne, bo, other):
        command("usermod", "-aG", anne.name, bo.name)
        shared = anne.home.parent / "published"
        shared.mkdir()
        os.chown(shared, 0, anne.group)
        shared.chmod(0o3770)
        for one in (anne, bo):
            one.done("add", "Åse Holm", "--start", "2026-11-02")
            one.done(*YES, "--group", anne.name, "--folder", str(shared))
        files = {one.name: shared / f"{one.name}.json" for one in (anne, bo)}
        for one in (anne, bo):
            found = files[one.name].stat()
            assert (stat.S_IMODE(found.st_mode), found.st_gid) == (0o640, anne.group)
            assert read(files[one.name]).owner == one.uid
        assert can_read(bo, files[anne.name])
        assert can_read(anne, files[bo.name])
        assert not can_read(other, files[anne.name])
        shown = json.loads(anne.done("publish", "show", "--format", "json"))
        assert {anne.name, bo.name} <= set(shown["readers"])
        assert other.name not in shown["readers"]

        refused = other.mentor(*YES, "--group", anne.name, "--folder", str(shared))
        assert refused.returncode == 3
        assert "You are not in the group" in refused.stderr

        assert "Removed" in anne.done("publish", "off")
        assert [one.name for one in shared.iterdir()] == [f"{bo.name}.json"]


def test_somebody_elses_file_under_ones_name_is_left_alone() -> None:
    """In a folder without the sticky bit, where each could replace the files of the others."""
    with accounts("a", "b") as (anne, bo):
        command("usermod", "-aG", anne.name, bo.name)
        shared = anne.home.parent / "published"
        shared.mkdir()
        os.chown(shared, 0, anne.group)
        shared.chmod(0o2770)
        bo.done("add", "Per Lund", "--start", "2026-11-02")
        precious = bo.home / "precious"
        precious.write_text("precious")
        os.chown(precious, bo.uid, bo.group)
        (shared / f"{bo.name}.json").symlink_to(precious)
        os.lchown(shared / f"{bo.name}.json", anne.uid, anne.group)
        refused = bo.mentor(*YES, "--folder", str(shared))
        assert refused.returncode == 3
        assert f"belongs to {anne.name}" in refused.stderr
        assert refused.stderr.count("\n") == 1
        assert precious.read_text() == "precious"


def test_of_a_team_file_each_publishes_their_own_mentees() -> None:
    with accounts("a", "b") as (anne, bo):
        team = team_folder(anne, bo)
        file = {"MENTOR_FILE": str(team / "mentor.json")}
        anne.done("add", "Åse Holm", "--start", "2026-11-02", **file)
        anne.done("add", "Ida Krogh", "--start", "2026-11-02", **file)
        bo.done("add", "Per Lund", "--start", "2026-11-02", **file)
        for one in (anne, bo):
            one.done(*YES, "--as", "initials", **file)
        assert published(anne) == ["IK", "ÅH"]
        assert published(bo) == ["PL"]
        assert not [one.name for one in team.iterdir() if "published" in one.name]
        bo.done("purge", "Per", "--yes", "Per Lund", **file)
        assert published(bo) == []
        said = " ".join(bo.done(*YES, "--capacity", "2", **file).split())
        assert f"Nobody in the team file has you, {bo.name}, as their mentor" in said
        assert published(anne) == ["IK", "ÅH"]


def published(one: Account) -> list[int | str]:
    return [row.who for row in read(one.file.with_name("published.json")).mentees]
