"""What is meant by the files and folders that were named."""

import os
from pathlib import Path

import pytest
from tests.fakes_reading import PlainTextReader
from tests.fakes_store import MemoryStore

from fuente.workflows.finding_files import find_files
from fuente.workflows.opening import open_file


def names_under(folder, *paths):
    """What is found at these paths, as seen from the folder."""
    return [str(one.relative_to(folder)) for one in find_files(paths or [folder])]


def write_files(folder, *names):
    """Files with a word in each, with the folders they need."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_folders_are_walked_and_hidden_files_left_alone(tmp_path):
    """Files are found in sorted order, once each, below hidden folders not at all."""
    hidden = (".hidden.pdf", "~$open.docx", ".git/x.pdf")
    write_files(tmp_path, "b.pdf", "a.pdf", *hidden, "sub/c.pdf")
    assert names_under(tmp_path, tmp_path, tmp_path / "a.pdf") == ["a.pdf", "b.pdf", "sub/c.pdf"]


def test_links_on_a_share_are_followed(tmp_path):
    """A folder and a file that lie elsewhere are found under the names they have here."""
    share = tmp_path / "share"
    write_files(tmp_path, "share/a.pdf", "elsewhere/deep/b.pdf", "single/c.pdf")
    (share / "linked").symlink_to(tmp_path / "elsewhere")
    (share / "d.pdf").symlink_to(tmp_path / "single" / "c.pdf")
    assert names_under(share) == ["a.pdf", "d.pdf", "linked/deep/b.pdf"]


def test_a_real_file_is_found_once_under_its_own_name(tmp_path):
    """However many links lead to it, and though their names come first."""
    write_files(tmp_path, "z/protocol.pdf")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "z" / "protocol.pdf")
    (tmp_path / "b").symlink_to(tmp_path / "z")
    assert names_under(tmp_path) == ["z/protocol.pdf"]
    assert names_under(tmp_path, tmp_path / "a.pdf", tmp_path) == ["a.pdf"]


def test_links_in_a_circle_end(tmp_path):
    """To the folder itself, to each other, and to what holds the folder: that was not asked for."""
    write_files(tmp_path, "beside.pdf", "share/one/a.pdf", "share/two/b.pdf")
    share = tmp_path / "share"
    (share / "one" / "back").symlink_to(share)
    (share / "one" / "other").symlink_to(share / "two")
    (share / "two" / "other").symlink_to(share / "one")
    (share / "up").symlink_to(tmp_path)
    (share / "self").symlink_to("self")
    assert names_under(share) == ["one/a.pdf", "self", "two/b.pdf"]


@pytest.mark.parametrize(
    "name",
    [
        *("Thumbs.db", "THUMBS.DB", "ehthumbs.db", "desktop.ini", ".DS_Store", "~$lock.docx"),
        *(".hidden.pdf", "sub/.~lock.a.docx#", "__MACOSX/a.pdf", "$RECYCLE.BIN/a.pdf", "Icon\r"),
        *("System Volume Information/a.pdf", "@eaDir/a.pdf", ".snapshot/a.pdf"),
    ],
)
def test_what_programs_leave_in_folders_is_passed_over(tmp_path, name):
    """Nobody means it; named by itself it is meant."""
    write_files(tmp_path, name, "a.pdf")
    assert names_under(tmp_path) == ["a.pdf"]
    assert find_files([tmp_path / name]) == (tmp_path / name,)


def test_what_nobody_can_read_is_found_to_be_refused(tmp_path):
    """A picture and a link that leads nowhere: the person learns that they were not read."""
    write_files(tmp_path, "photo.jpg")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    assert names_under(tmp_path) == ["gone.pdf", "photo.jpg"]
    opened = open_file(tmp_path / "gone.pdf", MemoryStore(), PlainTextReader())
    assert "gone.pdf is a link that leads nowhere" in str(opened.refused)


def test_a_folder_that_cannot_be_opened_is_named(tmp_path, monkeypatch):
    """Its files are missed by somebody; the other folders are read."""
    write_files(tmp_path, "closed/a.pdf", "open/b.pdf")

    def scandir(path, opened=os.scandir):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert names_under(tmp_path) == ["closed", "open/b.pdf"]
    opened = open_file(tmp_path / "closed", MemoryStore(), PlainTextReader())
    assert "closed is a folder that cannot be opened" in str(opened.refused)


def test_a_path_is_the_same_however_it_was_typed(tmp_path, monkeypatch):
    """An edition is known again by its path."""
    write_files(tmp_path, "a.txt")
    monkeypatch.chdir(tmp_path)
    found = find_files([Path("a.txt"), Path(f"../{tmp_path.name}/a.txt")])
    assert found == (tmp_path / "a.txt",)
