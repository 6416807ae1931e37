"""Files written as a whole or not at all, and what is no file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from knowledge.writing import write


def test_a_file_is_written_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "new" / "passages.yaml"
    write(file, b"passages: []\n")
    file.chmod(0o640)
    write(file, b"passages: [1]\n")
    assert file.read_bytes() == b"passages: [1]\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in file.parent.iterdir()] == ["passages.yaml"]


def test_a_new_file_has_the_rights_that_its_writer_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write(tmp_path / "private.yaml", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "private.yaml").stat().st_mode & 0o777 == 0o600


def test_where_it_cant_be_put_in_place_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.yaml").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "a.yaml", b"new")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.yaml", b"old")]


def test_a_link_to_a_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    file = tmp_path / "kept" / "faq.yaml"
    file.write_bytes(b"old")
    (tmp_path / "faq.yaml").symlink_to("kept/faq.yaml")
    write(tmp_path / "faq.yaml", b"new")
    assert (tmp_path / "faq.yaml").is_symlink()
    assert file.read_bytes() == b"new"


def test_a_link_that_leads_nowhere_becomes_a_file(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").symlink_to(tmp_path / "elsewhere")
    write(tmp_path / "faq.yaml", b"new")
    assert not (tmp_path / "elsewhere").exists()
    assert (tmp_path / "faq.yaml").read_bytes() == b"new"


def test_a_pipe_gets_what_is_written_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write(pipe, b"new")
    reader.join(10)
    assert read == [b"new"]
    assert pipe.is_fifo()


def test_a_folder_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write(tmp_path, b"new")
