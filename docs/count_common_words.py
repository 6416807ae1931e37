"""Make `knowledge/frequencies/common.npz`: how common the most frequent words of some languages are in each of them.

    uv run --with wordfreq python docs/count_common_words.py

Personal names are left out: "Lars Pedersen" is no Danish sentence.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Final

import numpy as np
from wordfreq import get_frequency_dict

from bot.review.names import NAMES
from knowledge.foreign import FLOOR, STEP
from knowledge.normalizer import NO_LANGUAGE, tokens

LANGUAGES: Final = "en es de fr it pt nl pl ro tr sv da fi cs hu fil vi id".split()
"""Those in Latin letters that people who ask may write in; the others show by their script."""
N_WORDS: Final = 2500
"""Of each language. With 1500, single words and short cries are missed, and the misspelt English of the tests is taken for Dutch."""
LONGEST: Final = 16


def frequencies(language: str) -> Counter[str]:
    """How often each word of a language, in comparison form, is used: its share of all words."""
    found: Counter[str] = Counter()
    for written, share in get_frequency_dict(language, wordlist="best").items():
        for word in tokens(written, NO_LANGUAGE):
            found[word] += share
    return found


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("knowledge/frequencies/common.npz"))
    out = parser.parse_args().out
    of = {language: frequencies(language) for language in LANGUAGES}
    common = {word for counted in of.values() for word, _ in counted.most_common(N_WORDS)}
    words = sorted(
        word
        for word in common
        if word.isascii() and word.isalpha() and len(word) <= LONGEST and word not in NAMES
    )
    shares = np.array([[of[language][word] for language in LANGUAGES] for word in words])
    levels = np.rint(np.log(np.maximum(shares, FLOOR) / FLOOR) / STEP)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(words).encode("ascii"), np.uint8),
        languages=np.frombuffer("\n".join(LANGUAGES).encode("ascii"), np.uint8),
        levels=levels.clip(0, 255).astype(np.uint8),
    )
    print(f"{len(words)} words of {len(LANGUAGES)} languages, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
