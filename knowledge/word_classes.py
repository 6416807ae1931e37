"""Words of one kind, as curators list them: a message that names one is like a phrasing that names another.

"from Ohio to Peru" shares no place with "from Texas to Mexico"; where a knowledge base lists what is a place in the country
and what is one abroad, both have the same word classes in the same order. So curators need no phrasing for each place.

Source: P. Brown et al., "Class-based n-gram models of natural language", 1992; chatbots know the same as lookup tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from knowledge.model import WordClass

MARK: Final = "<"
"""What the name of a class begins with where it stands among words, none of which has it."""


class WordClasses:
    """Finds the words of each class in a message.

    Args:
        classes: The class's name -> its words, each as the tokens of its comparison form. Of a word in two classes the last one counts.
    """

    def __init__(self, classes: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self.classes = classes or {}
        self._known = {
            tuple(word): f"{MARK}{name}>" for name, words in self.classes.items() for word in words
        }
        self._lengths: dict[str, list[int]] = {}
        """A first token -> how many tokens the words that begin with it have, the longest first: New Mexico is not Mexico."""
        for first, length in sorted({(word[0], len(word)) for word in self._known}, reverse=True):
            self._lengths.setdefault(first, []).append(length)

    @classmethod
    def of(cls, classes: Iterable[WordClass], tokens: Callable[[str], Sequence[str]]) -> WordClasses:
        """Those of a knowledge base, with what brings a text into comparison form."""
        found: dict[str, list[Sequence[str]]] = {}
        for one in classes:
            found.setdefault(one.name, []).extend(filter(None, map(tokens, one.words)))
        return cls(found)

    @property
    def words(self) -> list[str]:
        """All words of the classes, those of several words one by one, each once in the order of the lists."""
        return list(
            dict.fromkeys(token for words in self.classes.values() for word in words for token in word)
        )

    def parted(self, tokens: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
        """A message as units: each word that is in no class, and for the words of one the class's name behind `MARK`.

        Args:
            tokens: Its words in comparison form.

        Returns:
            Each unit with the tokens that it stands for, which together are all of them in their order.
        """
        out: list[tuple[str, Sequence[str]]] = []
        done = 0
        for begin, end, mark in self._listed(tokens):
            out += [(token, (token,)) for token in tokens[done:begin]]
            out.append((mark, tokens[begin:end]))
            done = end
        return out + [(token, (token,)) for token in tokens[done:]]

    def units(self, tokens: Sequence[str]) -> Sequence[str]:
        """The units alone; the tokens themselves where none of them is in a class."""
        if self._lengths.keys().isdisjoint(tokens):
            return tokens
        out: list[str] = []
        done = 0
        for begin, end, mark in self._listed(tokens):
            out += [*tokens[done:begin], mark]
            done = end
        return [*out, *tokens[done:]] if out else tokens

    def _listed(self, tokens: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Where each word of a class begins and ends, and the class's name behind `MARK`."""
        end = 0
        for at, token in enumerate(tokens):
            if at < end or token not in self._lengths:
                continue
            for length in self._lengths[token]:
                mark = self._known.get(tuple(tokens[at : at + length]))
                if mark is not None:
                    end = at + length
                    yield at, end, mark
                    break


NO_CLASSES: Final = WordClasses()


def is_mark(unit: str) -> bool:
    """Whether a unit stands for a class."""
    return unit.startswith(MARK)


def all_words(tokens: Sequence[str], units: Sequence[str]) -> Sequence[str]:
    """A message's words, and the classes of those that are listed, by themselves and in their order; `units` as `WordClasses.units` gives them."""
    return tokens if units is tokens else [*tokens, *filter(is_mark, units), *sequences(units)]


def sequences(units: Sequence[str]) -> list[str]:
    """Each two classes of which one follows the other in a message, whatever stands between: `<one><other>`."""
    return [one + other for one, other in pairwise(filter(is_mark, units))]
