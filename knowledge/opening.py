"""A path -> an Answerer ready to work: read, checked for what would make it unusable, its index built or fetched."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Iterable
from functools import partial
from importlib.metadata import version
from importlib.resources import files as package_files
from pathlib import Path
from typing import Final

from knowledge import base_storage, cache, files, index, storage
from knowledge.answerer import Answerer
from knowledge.calibration import Targets
from knowledge.features import Embedder
from knowledge.index import TARGETS, Index
from knowledge.learned import digest
from knowledge.loader import content_hash
from knowledge.model import KnowledgeBase
from knowledge.problems import Problem
from knowledge.semantic import SentenceModel

_CODE: Final = Path(str(package_files("knowledge")))
_SHAPES_THE_INDEX: Final = "blocks calibration checklist classifier clauses columns coverage dictionary documents features fitting follow_ups foreign index lexicon logistic_regression model naive_bayes normalizer overhearing places postings remembered semantic signals spelling stems storage trials weights word_classes word_vectors".split()


class UnusableKnowledgeError(Exception):
    """A knowledge base can't be used; `problems` says all that is wrong, and where."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        super().__init__(f"the knowledge base {path} can't be used")
        self.path = path
        self.problems = problems


def open_answerer(
    path: Path | None = None, *, targets: Targets = TARGETS, model: Path | None = None
) -> Answerer:
    """Open a knowledge base for answering.

    Args:
        path: A folder or file; the bundled advisory where None.
        targets: The rates of false answers that are accepted.
        model: The folder of a semantic model; matching is lexical alone where None.

    Raises:
        UnusableKnowledgeError: It has errors; warnings don't stop anybody.
        ModelError: The model can't be used.
    """
    return answerer_of(read_base(path), targets=targets, model=model)


def read_base(path: Path | None = None) -> KnowledgeBase:
    """Read a knowledge base that can be answered from; path and faults as in `open_answerer`.

    Raises:
        UnusableKnowledgeError: It has errors.
    """
    where = path or files.bundled()
    sources, faults = files.read(where)
    kept = None if faults else cache.read(_base_key(where, content_hash(sources)))
    base = base_storage.from_bytes(kept) if kept else None
    return base or _parsed(where)


def _parsed(where: Path) -> KnowledgeBase:
    """A knowledge base out of its files, kept for the next start."""
    loaded = files.load(where)
    if loaded.knowledge_base is None:
        raise UnusableKnowledgeError(where, loaded.problems)
    data = base_storage.to_bytes(loaded.knowledge_base)
    # By what was read now: the files may have changed since they were looked at.
    cache.write(_base_key(where, loaded.knowledge_base.content_hash), data)
    # Without where things are written, which a bot would keep for nothing.
    base = base_storage.from_bytes(data)
    if base is None:
        raise ValueError("a knowledge base doesn't come back as it was written")
    return base


def _base_key(where: Path, hash_: str) -> str:
    """A name for what files were read as: its title may come from the path, and what is an error, from the code."""
    digest = hashlib.sha256(_all_code() + where.resolve().name.encode("utf-8", "surrogateescape"))
    return f"base.{hash_[:32]}-{digest.hexdigest()[:16]}"


@functools.cache
def _all_code() -> bytes:
    """Changes with any code of the core, and with what reads YAML."""
    code = sorted(_CODE.rglob("*.py"))
    return _checksum((version("PyYAML"), version("rapidfuzz"), version("PyStemmer")), code)


def answerer_of(base: KnowledgeBase, *, targets: Targets = TARGETS, model: Path | None = None) -> Answerer:
    """An answerer for a knowledge base that was read; arguments and faults as in `open_answerer`.

    Raises:
        ModelError: The model can't be used.
    """
    embedder = SentenceModel(files.read_model(model)) if model else None
    answerer = Answerer(base, partial(open_index, targets=targets, embedder=embedder))
    cache.let_go()  # checksums were made of all of it, and most is seldom needed
    return answerer


def open_index(
    base: KnowledgeBase, language: str, *, targets: Targets, embedder: Embedder | None = None
) -> Index:
    """The index of a language: from the cache where the same content was indexed before, else built and kept."""
    key = _key(base, language, targets, embedder)
    kept = cache.read(key)
    # The entries' own strings: in memory once.
    ready = storage.from_bytes(kept, index.corpus(base, language).texts, embedder) if kept else None
    if ready is None:
        ready = index.build(base, language, targets=targets, embedder=embedder)
        cache.write(key, storage.to_bytes(ready))
    return ready


def is_learned(base: KnowledgeBase, language: str, *, targets: Targets) -> bool:
    """Whether a language's index, without a semantic model, is in the cache."""
    return cache.holds(_key(base, language, targets))


def _key(base: KnowledgeBase, language: str, targets: Targets, embedder: Embedder | None = None) -> str:
    meaning = f"-{embedder.digest}" if embedder else ""
    more = f"-{found}" if (found := digest(base, language)) else ""
    return f"{language}.{base.content_hash[:32]}{more}-{_code()}-{targets.off_topic:g}-{targets.guardrail:g}-{targets.chatter:g}{meaning}"


@functools.cache
def _code() -> str:
    """Changes with the code that shapes an index, so that no stale one is ever used: ours, and what stems, words and forms come from."""
    code = (_CODE / f"{name}.py" for name in _SHAPES_THE_INDEX)
    return _checksum((version("PyStemmer"), version("pyspellchecker")), code).hex()[:12]


def _checksum(versions: Iterable[str], paths: Iterable[Path]) -> bytes:
    """Of some files, and of what their code gets from elsewhere: libraries of these versions, and Unicode's tables."""
    digest = hashlib.sha256(" ".join((*versions, unicodedata.unidata_version)).encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.digest()
