"""The one module that touches the disk outside of the package: knowledge bases, the source map, the cache."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import re
import stat
import tempfile
from importlib.resources import files as package_files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Final
from weakref import WeakSet

from knowledge.loader import Loaded, SourceFile, content_hash
from knowledge.loader import load as load_sources
from knowledge.normalizer import comparison_form
from knowledge.places import Location
from knowledge.problems import Problem, problem
from knowledge.reading.layout import LOOKED_AT, holds_entries, is_read, left_out, may_be_meant
from knowledge.semantic import LENGTH, MODELS, POOLING, TOKENIZER, ModelError
from knowledge.validator import ALL, ERRORS, validated
from knowledge.yaml_reader import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knowledge.checks.phrasings import Normalize

__all__ = [
    "bundled",
    "cache_dir",
    "check",
    "content_hash",
    "is_cached",
    "let_go",
    "load",
    "read",
    "read_cache",
    "read_model",
    "read_page_file",
    "state",
    "write_cache",
    "write_text",
]

MAX_PAGE_BYTES: Final = 8_000_000
"""Of an advisory's page; the importer takes a quarter of that."""
_CACHE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_CACHE_PREFIX = "advisory-bot-"
"""Marks our own files, so that a cache folder shared with others is safe when old ones are removed."""
_MAPPED: Final[WeakSet[mmap.mmap]] = WeakSet()
"""Files of the cache that are in use."""
_LISTING: Final = Lock()
"""Held while files are listed or one is added: languages are opened, and memory is given back, in threads."""
_PIECE: Final = 65_536
"""Bytes written at once. Linux keeps what is written at once in pages as large, and whoever maps the file and looks at one
byte gets the whole page: with all in one piece, a question had a bot keep 26 MB instead of 7."""
_CACHED = 8
"""Files kept in the cache: each edit of a knowledge base makes a new one."""


def bundled(name: str = "") -> Path:
    """The folder of a bundled advisory: of that name, or the first one.

    Raises:
        FileNotFoundError: there is none.
    """
    home = Path(str(package_files("knowledge"))) / "advisories"
    found = sorted(folder for folder in home.glob(name or "*") if folder.is_dir())
    if not found:
        raise FileNotFoundError(f"no bundled advisory {name!r} in {home}")
    return found[0]


def load(path: Path) -> Loaded:
    """Read a knowledge base for answering: what would make it unusable is checked, and nothing else.

    Args:
        path: a folder in the bundled layout, or a file (or a folder of files) in the shortest form.
    """
    return _loaded(path, ERRORS, comparison_form)


def check(path: Path, *, codes: Collection[str] = ALL, normalize: Normalize = comparison_form) -> Loaded:
    """Read a knowledge base and check all of it; arguments as in `load` and `validator.validate`."""
    return _loaded(path, codes, normalize)


def _loaded(path: Path, codes: Collection[str], normalize: Normalize) -> Loaded:
    sources, problems = read(path)
    folder = path if path.is_dir() else path.parent
    name = path.resolve().name if path.is_dir() else path.stem
    loaded = load_sources(sources, name=name, prefix=_prefix(folder), faults=problems)
    return validated(loaded, codes=codes, normalize=normalize)


def read(path: Path) -> tuple[list[SourceFile], list[Problem]]:
    """The files of a knowledge base in a stable order, and a problem for each that can't be read or is left out and looks as if it were one.

    No more of a file is read than shows that it is too large.
    """
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    folder = path if path.is_dir() else path.parent
    try:
        names = sorted(_yaml_files(path)) if path.is_dir() else [path.name]
    except OSError as fault:
        return [], [_unreadable(_prefix(path.parent) + path.name, fault)]
    for name in names:
        try:
            with _opened(folder / name) as stream:
                sources.append(SourceFile(name, stream.read(MAX_BYTES + 1)))
        except OSError as fault:
            problems.append(_unreadable(_prefix(folder) + name, fault))
    with contextlib.suppress(OSError):  # of a folder that can't be looked into there is nothing to say
        problems += _left_out(path) if path.is_dir() else ()
    return sources, problems


def _left_out(folder: Path) -> Iterator[Problem]:
    """What looks as if it were read: entries under other names, YAML in folders inside of folders."""
    inside = [child for child in _open_ones(folder) if child.is_dir()]
    for place in (folder, *inside):
        for child in place.iterdir():
            if may_be_meant(child.name) and _holds_entries(child):
                yield left_out(_prefix(folder) + child.relative_to(folder).as_posix())
    deep = (child for place in inside for child in _open_ones(place))
    for deeper in (child for child in deep if child.is_dir() and not child.is_symlink()):
        for child in _open_ones(deeper):
            if is_read(child.name) and _holds_entries(child):
                yield left_out(_prefix(folder) + child.relative_to(folder).as_posix())


def _open_ones(folder: Path) -> Iterator[Path]:
    return (child for child in folder.iterdir() if not child.name.startswith("."))


def _holds_entries(path: Path) -> bool:
    try:
        with _opened(path) as stream:
            return holds_entries(stream.read(LOOKED_AT))
    except OSError:  # it isn't read anyway
        return False


def _opened(path: Path) -> BinaryIO:
    """A file opened for reading. A pipe or a device in its place, which might keep its reader waiting for ever, is none.

    Raises:
        OSError: It can't be opened.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no ordinary file")
    return os.fdopen(handle, "rb")


def read_page_file(path: Path) -> bytes:
    """An advisory's page, of which no more is read than shows that it is too large; it may come through a pipe.

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as stream:
        return stream.read(MAX_PAGE_BYTES + 1)


def state(path: Path) -> frozenset[tuple[str, int, int, int]]:
    """What a knowledge base's files look like from outside: names, sizes, times of change; for telling that something changed.

    It costs a look at each file and reads none. Empty where there is nothing to be seen.
    """
    folder = path if path.is_dir() else path.parent
    found = set()
    try:
        for name in _yaml_files(path) if path.is_dir() else [path.name]:
            with contextlib.suppress(OSError):  # gone in between
                seen = (folder / name).stat()
                found.add((name, seen.st_size, seen.st_mtime_ns, seen.st_ino))
    except OSError:
        return frozenset()
    return frozenset(found)


def _yaml_files(folder: Path) -> Iterator[str]:
    """Paths inside a folder, with `/`: its YAML files and those one level down; hidden ones are left alone."""
    for child in _open_ones(folder):
        if child.is_dir():
            yield from (
                f"{child.name}/{c.name}" for c in child.iterdir() if is_read(c.name) and not c.is_dir()
            )
        elif is_read(child.name):
            yield child.name


def _unreadable(name: str, fault: OSError) -> Problem:
    told = f"this can't be read: {fault.strerror or fault}"
    return problem(
        "unreadable-file", Location(name, 1, 1), told, mend="check the path and the file's permissions"
    )


def _prefix(folder: Path) -> str:
    """What to put before names in a folder: its path from the working directory where it is inside of that."""
    if folder.is_absolute():
        with contextlib.suppress(ValueError, OSError):
            folder = folder.relative_to(Path.cwd())
    return "" if folder == Path() else folder.as_posix().rstrip("/") + "/"


def read_model(folder: Path) -> dict[str, bytes]:
    """The parts of a semantic model's folder that are there.

    Raises:
        ModelError: There is no such folder, or a part can't be read.
    """
    if not folder.is_dir():
        raise ModelError(f"there is no model folder {folder}: set SEMANTIC_MODEL to one, or to nothing")
    network = next((name for name in MODELS if (folder / name).is_file()), None)
    names = [name for name in (TOKENIZER, POOLING, LENGTH, network) if name and (folder / name).is_file()]
    try:
        return {name: (folder / name).read_bytes() for name in names}
    except OSError as fault:
        raise ModelError(f"the model in {folder} can't be read: {fault.strerror or fault}") from fault


def write_text(path: Path, text: str) -> None:
    """Write a file at once or not at all.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    _write(path, text.encode("utf-8"), mode)


def cache_dir() -> Path | None:
    """Where to keep what can be computed anew; None where there is no such folder and none can be made.

    `ADVISORY_BOT_CACHE` names the folder itself; without it, it is `advisory-bot` in `XDG_CACHE_HOME` or in ~/.cache.
    """
    own, xdg = os.environ.get("ADVISORY_BOT_CACHE"), os.environ.get("XDG_CACHE_HOME", "")
    try:
        if own:
            folder = Path(own).expanduser()
        else:
            # A relative XDG path counts as not set: so says the specification.
            folder = (Path(xdg) if Path(xdg).is_absolute() else Path.home() / ".cache") / "advisory-bot"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return folder if os.access(folder, os.R_OK | os.X_OK) else None


def is_cached(key: str) -> bool:
    """Whether there is something under a key, whole or damaged."""
    folder = cache_dir()
    return folder is not None and (folder / _cache_name(key)).is_file()


def read_cache(key: str) -> memoryview | None:
    """What `write_cache` has kept under a key, mapped into memory; None where there is nothing."""
    folder = cache_dir()
    if folder is None:
        return None
    try:
        with (folder / _cache_name(key)).open("rb") as stream:
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


def write_cache(key: str, data: bytes) -> bool:
    """Keep bytes under a key; readers see all of them or none. False where they couldn't be kept, which is no fault.

    Args:
        key: up to 128 letters, digits, dots, dashes and underscores, such as a content hash.
        data: what to keep.

    Raises:
        ValueError: the key has another form.
    """
    name = _cache_name(key)
    folder = cache_dir()
    if folder is None:
        return False
    try:
        # It need not outlive a power cut: the checksum in it tells.
        _write(folder / name, data, 0o600, lasting=False)
        kept = sorted(
            folder.glob(_CACHE_PREFIX + "*"), key=lambda file: file.stat().st_mtime_ns, reverse=True
        )
        for old in kept[_CACHED:]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _cache_name(key: str) -> str:
    if not _CACHE_KEY.fullmatch(key):
        raise ValueError(f"a cache key has letters, digits, dots, dashes and underscores, not {key!r}")
    return _CACHE_PREFIX + key


def _write(path: Path, data: bytes, mode: int, *, lasting: bool = True) -> None:
    """Write beside the file first, then put it in place, so that a crash leaves the old one."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            for start in range(0, len(data), _PIECE):
                stream.write(data[start : start + _PIECE])
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
