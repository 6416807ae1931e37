"""Make `knowledge/vectors/en.npz`: word vectors that add up to what a sentence model makes of whole sentences.

    uv run --extra semantic --with wordfreq python docs/distil_word_vectors.py MODEL WORDNET

MODEL is the folder of a sentence-transformers model in ONNX form, WORDNET that of Princeton's database files (Debian:
wordnet-base, /usr/share/wordnet). The file in the project was made with all-MiniLM-L6-v2 and WordNet 3.0.

Each word begins with what the model makes of it alone, the shorter the more frequent the word is. Then the words learn
from sentences: WordNet's examples and definitions, and the phrasings of the bundled knowledge base. The sum of a
sentence's words shall point where the model's vector of the sentence points. All of it takes place among the directions
in which sentences differ most.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from wordfreq import top_n_list, word_frequency

from knowledge import files
from knowledge.dictionary import dictionary
from knowledge.normalizer import tokens
from knowledge.opening import read_base
from knowledge.semantic import SentenceModel
from knowledge.weights import Floats

LANGUAGE: Final = "en"
N_WORDS: Final = 40_000
SURE_WORDS: Final = 30_000
"""So many of the most frequent words are taken as they are; rarer ones only if a dictionary has them."""
DIMENSIONS: Final = 64
RARE: Final = 1e-3
"""A word of this frequency counts half as much as a rare one: the constant of Arora et al."""
EXAMPLES, DEFINITIONS, PHRASINGS = 40_000, 24_000, 14_000
USUAL: Final = 3.3
"""Definitions are of words that are used so often, as the logarithm of their number in a thousand million."""
EPOCHS: Final = 3
BATCH: Final = 512
RATE: Final = 2e-3
HELD_BACK: Final = 0.03
"""How strongly a word is held where it began."""
WIDEST: Final = 5.0
"""Values are kept up to so many standard deviations: those of few words are wider."""


def words() -> list[str]:
    """Words in comparison form, frequent ones first."""
    plain = [word for word in top_n_list(LANGUAGE, 3 * N_WORDS) if re.fullmatch("[a-z]{1,24}", word)]
    known = dictionary(LANGUAGE)
    return [word for rank, word in enumerate(plain) if rank < SURE_WORDS or word in known][:N_WORDS]


def sentences(wordnet: Path, rng: np.random.Generator) -> list[str]:
    """What the words learn from."""
    examples, definitions = [], []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{part}").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("  "):  # the licence
                continue
            head, _, gloss = line.partition("|")
            fields = head.split()
            lemmas = [lemma.replace("_", " ").lower() for lemma in fields[4 : 4 + 2 * int(fields[3], 16) : 2]]
            examples += [quoted for quoted in re.findall(r'"([^"]{12,120})"', gloss) if _short(quoted)]
            defined = re.sub(r'"[^"]*"', "", gloss).strip(" ;")
            usual = max(word_frequency(lemma, LANGUAGE) for lemma in lemmas) > 10 ** (USUAL - 9)
            if usual and _short(defined):
                definitions.append(f"{lemmas[int(rng.integers(len(lemmas)))]}: {defined}")
    base = read_base()
    phrasings = [text for entry in base.entries[LANGUAGE].values() for text in entry.phrasings]
    phrasings += [message.text for message in base.off_topic if message.language == LANGUAGE]
    drawn = [
        *_drawn(examples, EXAMPLES, rng),
        *_drawn(definitions, DEFINITIONS, rng),
        *_drawn([text for text in phrasings if len(text) <= 140], PHRASINGS, rng),
    ]
    return _drawn(drawn, len(drawn), rng)


def _short(text: str) -> bool:
    return 3 <= len(text.split()) <= 20


def _drawn(texts: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
    return [texts[at] for at in rng.permutation(len(texts))[:n]]


def learned(start: Floats, uses: csr_array, targets: Floats, rng: np.random.Generator) -> Floats:
    """Words whose sums point where the targets do.

    Args:
        start: Where the words begin, shape (words, dimensions).
        uses: How often a sentence uses a word, shape (sentences, words).
        targets: Unit vectors, shape (sentences, dimensions).
        rng: Orders the sentences.

    Source: D. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015.
    """
    vectors = start.copy()
    mean, square, step = np.zeros_like(start), np.zeros_like(start), 0
    for _ in range(EPOCHS):
        for rows in _batches(rng.permutation(len(targets))):
            batch, aims = uses[rows], targets[rows]
            sums = batch @ vectors
            lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
            units = sums / lengths
            away = ((units * aims).sum(axis=1, keepdims=True) * units - aims) / lengths
            used = np.unique(batch.indices)
            gradient = np.zeros_like(start)
            gradient[used] = (batch.T @ away)[used] + HELD_BACK * (vectors - start)[used]
            step += 1
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient**2
            # Words that the batch lacks go on as they went: their mean and square are small, not nought.
            vectors -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        sums = uses @ vectors
        near = (sums * targets).sum(axis=1) / np.maximum(np.linalg.norm(sums, axis=1), 1e-6)
        print(f"mean cosine with the model's vectors: {near.mean():.3f}", flush=True)
    return vectors


def _batches(order: np.ndarray) -> Iterator[np.ndarray]:
    for first in range(0, len(order), BATCH):
        yield order[first : first + BATCH]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("--out", type=Path, default=Path("knowledge/vectors/en.npz"))
    given = parser.parse_args()
    rng = np.random.default_rng(0)
    model = SentenceModel(files.read_model(given.model))
    listed = words()
    texts = sentences(given.wordnet, rng)
    print(f"{len(listed)} words, {len(texts)} sentences", flush=True)
    of_words, of_sentences = model.embed(listed), model.embed(texts)
    middle = of_sentences.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov((of_sentences - middle).T))
    main_ones = directions[:, ::-1][:, :DIMENSIONS].astype(np.float32)
    targets = (of_sentences - middle) @ main_ones
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    start = (of_words - of_words.mean(axis=0)) @ main_ones
    start /= np.linalg.norm(start, axis=1).mean()
    frequency = np.array([word_frequency(word, LANGUAGE) for word in listed], np.float32)
    start *= (RARE / (RARE + frequency))[:, None]
    row = {word: number for number, word in enumerate(listed)}
    used = [[row[token] for token in tokens(text, LANGUAGE) if token in row] for text in texts]
    kept = [number for number, rows in enumerate(used) if rows]
    lengths = [len(used[number]) for number in kept]
    uses = csr_array(
        (
            np.ones(sum(lengths), np.float32),
            np.concatenate([used[number] for number in kept]),
            np.concatenate(([0], np.cumsum(lengths))),
        ),
        shape=(len(kept), len(listed)),
    )
    vectors = learned(start, uses, targets[kept], rng)
    whole = np.rint(vectors / (WIDEST * vectors.std()) * 127).clip(-127, 127).astype(np.int8)
    letters = np.frombuffer("\n".join(listed).encode("ascii"), np.uint8)
    np.savez_compressed(given.out, words=letters, vectors=whole)


if __name__ == "__main__":
    main()
