"""Reads knowledge bases, an advisory's page and a semantic model from the disk, which only `cache` and `writing` touch besides."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from knowledge.loader import Loaded, SourceFile
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
    "check",
    "load",
    "read",
    "read_model",
    "read_page_file",
    "state",
]

MAX_PAGE_BYTES: Final = 8_000_000
"""Of an advisory's page; the importer takes a quarter of that."""


def bundled(name: str = "") -> Path:
    """The folder of a bundled advisory: of that name, or the first one.

    Raises:
        FileNotFoundError: There is none.
    """
    home = Path(str(package_files("knowledge"))) / "advisories"
    found = sorted(folder for folder in home.glob(name or "*") if folder.is_dir())
    if not found:
        raise FileNotFoundError(f"no bundled advisory {name!r} in {home}")
    return found[0]


def load(path: Path) -> Loaded:
    """Read a knowledge base for answering: what would make it unusable is checked, and nothing else.

    Args:
        path: A folder in the bundled layout, or a file (or a folder of files) in the shortest form.
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
    found = set()
    try:
        is_folder = path.is_dir()
        folder = path if is_folder else path.parent
        for name in _yaml_files(path) if is_folder else [path.name]:
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
    message = f"this can't be read: {fault.strerror or fault}"
    return problem(
        "unreadable-file", Location(name, 1, 1), message, mend="check the path and the file's permissions"
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
