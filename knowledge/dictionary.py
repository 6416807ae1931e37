"""Real words of a language: what a typo must not be mistaken for."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib import resources

from knowledge.normalizer import clean


@cache
def dictionary(language: str) -> frozenset[str]:
    """Words of four letters or more, cleaned.

    Read from the frequency lists that `pyspellchecker` ships; empty for a language that it lacks.
    """
    source = resources.files("spellchecker").joinpath("resources", f"{language}.json.gz")
    if not source.is_file():
        return frozenset()
    words = (w if w.isascii() else clean(w) for w in json.loads(gzip.decompress(source.read_bytes())))
    return frozenset(w for w in words if len(w) >= 4)
