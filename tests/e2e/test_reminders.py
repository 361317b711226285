"""Two users of one team file: each gets a mail of their own, once."""

from __future__ import annotations

import os
from pathlib import Path

from tests.e2e.accounts import accounts
from tests.tui.cli.remind.support import Post, is_clean


def test_each_of_two_users_gets_one_mail_to_the_own_address(tmp_path: Path) -> None:
    with accounts("a", "b") as (bodil, karl):
        outside = bodil.home.parent / "post"
        post = Post(outside)
        for kept in ("mails", "words"):  # that both may write in
            (outside / kept).touch()
            (outside / kept).chmod(0o666)
        path = f"{outside}:{os.environ['PATH']}"
        for one in (bodil, karl):
            one.done("add", "Åse Holm", "--start", "2026-11-02")
        for one in (bodil, karl, bodil, karl):
            assert one.done("remind", "--mail", PATH=path, MENTOR_LANG="da") == ""
        assert [mail["To"].split("@")[0] for mail in post.mails] == [bodil.name, karl.name]
        assert all(map(is_clean, post.raw))
        assert all("kræver opmærksomhed" in mail["Subject"] for mail in post.mails)
        assert all("Åse" not in mail.get_content() for mail in post.mails)
