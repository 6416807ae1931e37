"""Files written as a whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

_PIECE: Final = 65_536
"""Bytes written at once. Linux keeps what is written at once in pages as large, and whoever maps the file and looks at one
byte gets the whole page: with all in one piece, a question had a bot keep 26 MB instead of 7."""


def write(path: Path, data: bytes) -> None:
    """Write a file that somebody has named, at once or not at all; folders on the way are made.

    A link to a file stays one, and the file is written. What is no file (a pipe, a device) gets the bytes as they are.

    Raises:
        OSError: It can't be written.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path = path.resolve()
        put_in_place(path, data, path.stat().st_mode & 0o777)
    else:
        put_in_place(path, data, None)


def put_in_place(path: Path, data: bytes, mode: int | None, *, lasting: bool = True) -> None:
    """Write beside a file first, then put that in its place, so that a crash leaves the old one.

    Args:
        path: A file, or a place where none is yet.
        data: What it is to hold.
        mode: Its permissions; those of any new file where None.
        lasting: It outlives a power cut.

    Raises:
        OSError: It can't be written; nothing has changed.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode or 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            for start in range(0, len(data), _PIECE):
                stream.write(data[start : start + _PIECE])
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(mode)  # whatever the process takes off new files
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
