"""What the user is told of the files of records: problems, and what opening a file has found.

The sentences of `data.storage.problems`, by the values of its kinds. They are in a file of their
own since most sessions have nothing to tell.
"""

from __future__ import annotations

from typing import Final

from data.i18n import N_

SENTENCES: Final = {
    "full": N_("The disk is full. Free some space."),
    "quota": N_("Your disk quota is used up. Free some space."),
    "too_big": N_("The file size limit has been reached. Ask IT support to raise it."),
    "read_only": N_("The disk is read-only. Contact your IT support."),
    "disk": N_("Disk error. Contact your IT support."),
    "gone": N_("The folder {name} is gone. Reconnect its drive, or put the folder back."),
    "denied": N_("You do not have access to {name}."),
    "busy": N_("{who} is using the file right now. Wait a moment, or close that session."),
    "newer": N_(
        "{name} was written by a newer version of the program. Nothing has "
        "been changed; use the newer version."
    ),
    "upgraded": N_(
        "A newer version of the program has taken over {name}. Quit, and "
        "open the newer version; your text will be there."
    ),
    "foreign": N_("{name} is not yours. Nothing has been changed."),
    "link": N_(
        "{name} is a link that somebody else may have placed. Nothing has "
        "been changed; remove the link, or name the file it points to."
    ),
    "not_a_file": N_("{name} is not an ordinary file. Move it away, or choose another file."),
    "no_folder": N_("There is no folder {name}. Create it, or choose another file."),
    "not_a_folder": N_("{name} is not a folder. Choose another place."),
    "nothing_new": N_("You cannot create anything in {name}. Choose another place."),
    "folder_open": N_(
        "Everyone can write to the folder {name}, so your data would not be "
        "safe there. Choose another folder, or remove that permission: chmod o-w {place}"
    ),
    "folder_foreign": N_("The folder {name} is not yours."),
    "folder_sticky": N_(
        "The team folder {name} has the sticky bit, so colleagues cannot "
        "save over what you have saved. Remove it: chmod -t {place}"
    ),
    "group": N_(
        "The group {who} can write to the folder {name}. Make it a team folder: chmod 2770 "
        "{place}; or remove that permission: chmod g-w {place}"
    ),
    "no_locks": N_(
        "The file system of {name} cannot keep two sessions apart. Use a folder on another disk."
    ),
    "damaged": N_(
        "{name} is damaged, and no backup of it could be read. Nothing has "
        "been changed; run mentor doctor."
    ),
    "no_backup": N_("There is no readable backup named {name}. See mentor backup list."),
    "unfinished": N_(
        "Something is being deleted for good from {name}, and that is not finished. Free some"
        " space, and open it again: that is finished first."
    ),
    "closed": N_("The file has been closed."),
    "fault": N_(
        "The program could not save because of an internal error. Copy your text somewhere else."
    ),
}
"""Kind of a problem -> what is wrong and what to do."""

NOTICES: Final = {
    "torn": N_(
        "The last save was interrupted before it was confirmed. What is left of it is in {kept}."
    ),
    "bad_lines": N_(
        "The journal was damaged; saved changes that could not be read: "
        "{count}. They are kept in {kept}; check what was written lately."
    ),
    "gap": N_("Saved changes that are missing from the journal: {count}. See mentor backup list."),
    "no_journal": N_(
        "The journal beside {name} is missing, so what was written last may be missing too. See"
        " mentor backup list."
    ),
    "old_journal": N_(
        "{name} has been replaced by an earlier copy, which counts. What was "
        "written after it is in {kept} (see mentor backup list)."
    ),
    "from_backup": N_(
        "{name} was damaged and has been recovered from the backup and the "
        "journal; nothing is missing. The damaged file is kept in {kept}."
    ),
    "from_backup_part": N_(
        "{name} was damaged and has been recovered from the backup; what was "
        "written last may be missing. The damaged file is kept in {kept}."
    ),
    "salvaged": N_(
        "{name} was damaged. Records recovered from it: {count}; look "
        "through them. The damaged file is kept in {kept}."
    ),
    "edited": N_(
        "{name} has been changed by another program. Records that differ: "
        "{count}. The change has been imported, and a copy is kept in {kept}."
    ),
    "rebuilt": N_("{name} was missing and has been recovered; nothing is missing."),
    "rewritten": N_(
        "{name} was replaced, cut short or deleted by something else than this program. It has "
        "been written again; nothing is missing."
    ),
    "rebuilt_part": N_(
        "{name} was missing and has been recovered from the backup; what was "
        "written last may be missing."
    ),
    "misfit": N_(
        "{count} changes no longer fitted their text. What was written is at the end of it."
    ),
    "mode": N_("Others could read {name}. That permission has been removed."),
    "adopted": N_("{name} was an ordinary TinyDB file. The original is kept in {kept}."),
    "upgraded": N_("{name} was upgraded to this version. The original is kept in {kept}."),
    "weak_locks": N_(
        "{name} is on a network drive ({kept}). Two computers at once may "
        "not notice each other there; work from one of them."
    ),
    "only_read": N_("{name} Until then your data can be read, but not changed."),
    "draft_damaged": N_(
        "The end of a text being typed when its session was interrupted was "
        "damaged. Everything readable is back; the rest is in {kept}."
    ),
    "cleaned": N_(
        "{name} has been replaced by an earlier copy. What had been deleted for good since is not"
        " in it any more; records left out: {count}."
    ),
    "moved_private": N_(
        "What is private and yours has been moved from the team file to a file of your own, "
        "{name}. Texts moved: {count}."
    ),
    "role_ended": N_(
        "You have no role as mentor of {name} any more, so they are not shown to you any more. What"
        " you wrote in private is yours: / twice on the home screen searches it."
    ),
    "no_login": N_(
        "{name} gets no access on the server, as no mentor of the team has that name. Ask those who"
        " look after it for: mentor server grant. Then take the role away and give it again."
    ),
    "renamed": N_(
        "{name} gets no access on the server, as that person has been given another name meanwhile."
        " Look who it is now. Then take the role away and give it again."
    ),
    "member_ended": N_(
        "Your login is not a mentor in the team {name} any more: its records are not shown to you, "
        "and nothing can be saved there. Ask those who look after the server."
    ),
    "older_state": N_(
        "The server has an older state of the records: what was saved after it is missing there."
        " What you are typing is kept. Quit the program and start it again."
    ),
}
"""Kind of a notice -> what has been found or mended."""
