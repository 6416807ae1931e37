"""Index <-> bytes, so that only the first start after an edit trains. The texts themselves aren't kept: the knowledge base has them.

The form is a mark, a checksum, a JSON header and plain arrays behind it. A file can be mapped into memory and used as
it is: what isn't looked at isn't read. There is no pickle, so that a cache file can't run code. Anything that doesn't
fit (another version, a damaged or cut file) reads as "no index", and the index is built anew.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from knowledge.calibration import Calibration
from knowledge.columns import Columns
from knowledge.coverage import Coverage
from knowledge.dictionary import WordList
from knowledge.documents import Documents
from knowledge.features import Embedder, FeatureSpace, Words
from knowledge.follow_ups import FollowUps
from knowledge.index import Index
from knowledge.postings import Common, Inverted
from knowledge.signals import Terms
from knowledge.spelling import Speller
from knowledge.stems import Stemmer
from knowledge.weights import Dense, Sparse, Weights
from knowledge.word_classes import WordClasses
from knowledge.word_vectors import word_vectors

FORMAT: Final = 13
"""Raised whenever the meaning of a stored index changes: old files are then built again."""
_MARK: Final = b"advisory-bot index %d\n" % FORMAT
_NUMBER: Final = 8
"""Bytes of the checksum, and of the header's length."""
_ALIGNED: Final = 64

Buffer: TypeAlias = bytes | memoryview
Array: TypeAlias = npt.NDArray[Any]
_Whole = TypeVar("_Whole", Common, Inverted, Sparse)


def to_bytes(index: Index) -> bytes:
    """The index as bytes."""
    documents = index.documents
    arrays: dict[str, Array] = {
        "pairs": index.space.columns.pairs,
        "grams": index.space.columns.grams,
        "idf": index.space.idf,
        "word letters": index.speller.real_words.letters,
        "word numbers": index.speller.real_words.numbers,
        "class_starts": documents.class_starts,
        "steps": documents.steps,
        **_arrays("common", documents.common),
        **_arrays("inverted", documents.inverted),
        **_weight_arrays(index.weights),
        "followed": index.follow_ups.after,
        "following": index.follow_ups.means,
        **_arrays("following", index.follow_ups.vectors),
    }
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    end = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.shape, end)
        end += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps(
        {
            "language": index.language,
            "classes": index.classes,
            "n_entries": index.n_entries,
            "stems": list(index.space.columns.stems),
            "model": index.space.embedder.digest if index.space.embedder else "",
            "share": index.space.embedder.share if index.space.embedder else 0.0,
            "word classes": index.space.words.classes.classes,
            "width": documents.width,
            "scale": documents.scale,
            "unknown_idf": index.space.unknown_idf,
            "stop_stems": sorted(index.space.words.stop_stems),
            "vocabulary": index.speller.counts,
            "calibration": asdict(index.calibration),
            "margin": index.margin,
            "arrays": places,
        }
    ).encode()
    before = len(_MARK) + 2 * _NUMBER + len(header)
    body = bytearray(len(header).to_bytes(_NUMBER, "little") + header + bytes(-before % _ALIGNED))
    first = len(body)
    body += bytes(end)
    for name, array in arrays.items():
        at = first + places[name][2]
        body[at : at + array.nbytes] = np.ascontiguousarray(array).tobytes()
    return seal(body) + bytes(body)


def seal(body: Buffer | bytearray) -> bytes:
    """What comes before a body: the mark and a checksum."""
    return _MARK + zlib.crc32(body).to_bytes(_NUMBER, "little")


def from_bytes(data: Buffer, texts: Sequence[str], embedder: Embedder | None = None) -> Index | None:
    """The index that `to_bytes` wrote; None where the bytes are of another format, damaged or of another model.

    Args:
        data: The bytes, or a file mapped into memory: the index keeps looking at them.
        texts: Those that it was built from, one a row.
        embedder: The model that the index was built with; None where that was none, or the language's word vectors.
    """
    view = memoryview(data)
    start = len(_MARK) + _NUMBER
    if bytes(view[: len(_MARK)]) != _MARK or bytes(view[:start]) != seal(view[start:]):
        return None
    try:
        length = int.from_bytes(view[start : start + _NUMBER], "little")
        first = start + _NUMBER + length
        about = json.loads(bytes(view[start + _NUMBER : first]))
        first += -first % _ALIGNED
        arrays = {
            name: np.frombuffer(view, np.dtype(kind), int(np.prod(shape)), first + offset).reshape(shape)
            for name, (kind, shape, offset) in about["arrays"].items()
        }
        if embedder is None and about["model"]:
            vectors = word_vectors(about["language"])
            embedder = vectors and vectors.carrying(about["share"])
        if about["model"] != (embedder.digest if embedder else ""):
            return None
        return _index(about, arrays, texts, embedder)
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def _index(
    about: Mapping[str, Any], arrays: Mapping[str, Array], texts: Sequence[str], embedder: Embedder | None
) -> Index:
    if len(texts) != arrays["class_starts"][-1]:
        raise ValueError("other texts")
    language = about["language"]
    space = FeatureSpace(
        Columns(about["stems"], arrays["pairs"], arrays["grams"], embedder.dimensions if embedder else 0),
        arrays["idf"],
        about["unknown_idf"],
        Words(Stemmer(language), frozenset(about["stop_stems"]), WordClasses(about["word classes"])),
        embedder,
    )
    documents = Documents(
        texts,
        arrays["class_starts"],
        about["width"],
        about["scale"],
        arrays["steps"],
        _made_of(Common, "common", arrays),
        _made_of(Inverted, "inverted", arrays),
    )
    each = float(arrays["class_starts"][about["n_entries"]]) / about["n_entries"]
    fitted = Calibration(**about["calibration"])
    return Index(
        language,
        tuple(about["classes"]),
        about["n_entries"],
        space,
        Speller(about["vocabulary"], WordList(arrays["word letters"], arrays["word numbers"])),
        _weights(arrays),
        documents,
        Coverage(space, language, about["vocabulary"], each),
        replace(fitted, weights=Terms(*fitted.weights)),
        FollowUps(
            _made_of(Sparse, "following", arrays),
            arrays["followed"],
            arrays["following"],
        ),
        about["margin"],
    )


def _weight_arrays(weights: Weights) -> dict[str, Array]:
    if isinstance(weights, Dense):
        steps = np.ones(len(weights.matrix), np.float32) if weights.steps is None else weights.steps
        return {"weights": weights.matrix, "weight steps": steps}
    return _arrays("weight", weights)


def _weights(arrays: Mapping[str, Array]) -> Weights:
    if "weights" in arrays:
        return Dense(arrays["weights"], arrays["weight steps"])
    return _made_of(Sparse, "weight", arrays)


def _arrays(name: str, whole: Common | Inverted | Sparse) -> dict[str, Array]:
    """What holds arrays alone, as arrays under names that begin with its own."""
    return {f"{name} {part.name}": getattr(whole, part.name) for part in fields(whole)}


def _made_of(kind: type[_Whole], name: str, arrays: Mapping[str, Array]) -> _Whole:
    """The inverse of `_arrays`."""
    return kind(**{part.name: arrays[f"{name} {part.name}"] for part in fields(kind)})
