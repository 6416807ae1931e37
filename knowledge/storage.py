"""Index <-> bytes, so that only the first start after an edit trains.

The form is a mark, a checksum and NumPy's own archive, read without pickle: a cache file can't run code. Anything that
doesn't fit (another version, a damaged or cut file) reads as "no index", and the index is built anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, replace
from typing import Final

import numpy as np

from knowledge.calibration import Calibration
from knowledge.dictionary import dictionary
from knowledge.features import FeatureSpace
from knowledge.index import Documents, Index
from knowledge.lexicon import Stemmer
from knowledge.signals import Signals
from knowledge.spelling import Speller
from knowledge.trials import presence

FORMAT: Final = 3
"""Raised whenever the meaning of a stored index changes: old files are then built anew."""
_MARK: Final = b"advisory-bot index %d\n" % FORMAT


def to_bytes(index: Index) -> bytes:
    """The index as an archive."""
    about = {
        "language": index.language,
        "classes": index.classes,
        "n_entries": index.n_entries,
        "columns": list(index.space.columns),
        "unknown_idf": index.space.unknown_idf,
        "stop_stems": sorted(index.space.stop_stems),
        "vocabulary": index.speller.counts,
        "texts": index.documents.texts,
        "numbers": index.documents.numbers,
        "calibration": asdict(index.calibration),
    }
    stream = io.BytesIO()
    np.savez(
        stream,
        about=np.frombuffer(json.dumps(about).encode(), np.uint8),
        idf=index.space.idf,
        weights=index.weights,
        class_starts=index.documents.class_starts,
        starts=index.documents.starts,
        rows=index.documents.rows,
        values=index.documents.values,
    )
    archive = stream.getvalue()
    return seal(archive) + archive


def seal(archive: bytes) -> bytes:
    """What stands before an archive: the mark and a checksum."""
    return _MARK + hashlib.sha256(archive).digest()


def from_bytes(data: bytes) -> Index | None:
    """The index that `to_bytes` wrote; None where the bytes are of another format or damaged."""
    start = len(seal(b""))
    stored = data[start:]
    if data[:start] != seal(stored):
        return None
    try:
        with np.load(io.BytesIO(stored), allow_pickle=False) as archive:
            about = json.loads(archive["about"].tobytes())
            language = about["language"]
            space = FeatureSpace(
                {key: column for column, key in enumerate(about["columns"])},
                archive["idf"],
                about["unknown_idf"],
                Stemmer(language),
                frozenset(about["stop_stems"]),
            )
            documents = Documents(
                tuple(about["texts"]),
                tuple(about["numbers"]),
                archive["class_starts"],
                archive["starts"],
                archive["rows"],
                archive["values"],
            )
            fitted = Calibration(**about["calibration"])
            return Index(
                language,
                tuple(about["classes"]),
                about["n_entries"],
                space,
                Speller(about["vocabulary"], dictionary(language)),
                archive["weights"],
                documents,
                replace(fitted, weights=Signals(*fitted.weights)),
                presence(
                    np.repeat(np.arange(len(space)), np.diff(documents.starts)),
                    documents.labels[documents.rows],
                    len(space),
                    about["n_entries"],
                ),
            )
    except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile):
        return None
