"""A cache in files, for what was learned of a knowledge base and can be computed again."""

from __future__ import annotations

import contextlib
import mmap
import os
import re
from pathlib import Path
from threading import Lock
from typing import Final
from weakref import WeakSet

from knowledge.writing import put_in_place

_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_PREFIX: Final = "advisory-bot-"
"""Marks our own files, so that a cache folder shared with others is safe when old ones are removed."""
_MAPPED: Final[WeakSet[mmap.mmap]] = WeakSet()
"""Files of the cache that are in use."""
_LISTING: Final = Lock()
"""Held while files are listed or one is added: languages are opened, and memory is given back, in threads."""
_KEPT: Final = 8
"""Files kept of each family: each edit of a knowledge base makes a new one for each of its languages."""


def folder() -> Path | None:
    """Where to keep what can be computed again; None where there is no such folder and none can be made.

    `ADVISORY_BOT_CACHE` names the folder itself; without it, it is `advisory-bot` in `XDG_CACHE_HOME` or in ~/.cache.
    """
    own, xdg = os.environ.get("ADVISORY_BOT_CACHE"), os.environ.get("XDG_CACHE_HOME", "")
    try:
        if own:
            found = Path(own).expanduser()
        else:
            # A relative XDG path counts as not set: so says the specification.
            found = (Path(xdg) if Path(xdg).is_absolute() else Path.home() / ".cache") / "advisory-bot"
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return found if os.access(found, os.R_OK | os.X_OK) else None


def holds(key: str) -> bool:
    """Whether there is something under a key, whole or damaged."""
    where = folder()
    return where is not None and (where / _name(key)).is_file()


def read(key: str) -> memoryview | None:
    """What `write` has kept under a key, mapped into memory; None where there is nothing."""
    where = folder()
    if where is None:
        return None
    try:
        with (where / _name(key)).open("rb") as stream:
            # What is used is kept longest; somebody else's folder keeps its times.
            with contextlib.suppress(OSError):
                os.utime(stream.fileno())
            # Files are only ever replaced as a whole, so that what is mapped stays as it is.
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            with _LISTING:
                _MAPPED.add(mapped)
            return memoryview(mapped)
    except (OSError, ValueError):  # ValueError: it is empty
        return None


def let_go() -> None:
    """Have what is mapped leave this process's memory; what is looked at again comes back from the file."""
    if hasattr(mmap, "MADV_DONTNEED"):
        with _LISTING:
            every = tuple(_MAPPED)
        for mapped in every:
            mapped.madvise(mmap.MADV_DONTNEED)


def write(key: str, data: bytes) -> bool:
    """Keep bytes under a key; readers see all of them or none. False where they couldn't be kept, which is no fault.

    Args:
        key: Up to 128 letters, digits, dots, dashes and underscores. What stands before its first dot is its family, of which
            the last few are kept.
        data: What to keep.

    Raises:
        ValueError: The key has another form.
    """
    name = _name(key)
    where = folder()
    if where is None:
        return False
    try:
        # It need not outlive a power cut: the checksum in it tells.
        put_in_place(where / name, data, 0o600, lasting=False)
        alike = [file for file in where.glob(_PREFIX + "*") if _family(file.name) == _family(name)]
        kept = sorted(alike, key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for old in kept[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _family(name: str) -> str:
    family, dot, _ = name.partition(".")
    return family if dot else ""


def _name(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"a cache key has letters, digits, dots, dashes and underscores, not {key!r}")
    return _PREFIX + key
