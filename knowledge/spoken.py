"""Which of the loaded languages a text is written in: people write as they think, whatever their app is set to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from knowledge.foreign import common_words
from knowledge.index import Index
from knowledge.normalizer import NO_LANGUAGE, clean, tokens

MIN_TOTAL: Final = 2.5
"""By how much the words together must be rarer in the preferred language than in the other one, as a natural logarithm."""
MIN_MEAN: Final = 1.5
"""The same for a word on average: a long text in the preferred language gathers small differences."""
SAME: Final = 0.99
"""Similarity of what differs in nothing but roundings."""
_PLACES: Final = re.compile(
    r"""\b(?:
        el\ (?:paso|cajon|monte|dorado|salvador) | la\ (?:jolla|paz|habana|habra|puente|joya)
        | los\ (?:algodones|angeles|cabos|alamos|mochis|indios|fresnos|ebanos) | las\ (?:vegas|cruces|palmas|americas)
        | san\ (?:diego|ysidro|isidro|antonio|francisco|luis(?:\ (?:rio\ colorado|potosi))?|jose(?:\ del\ cabo)?|juan|felipe|marcos
            |bernardino|salvador|pedro|miguel(?:\ de\ allende)?|quintin|angelo|benito|carlos)
        | santa\ (?:fe|ana|teresa|barbara|monica|rosa|cruz|elena|maria) | santo\ (?:domingo|tomas) | st\ louis
        | nuev[oa]\ (?:laredo|progreso|leon|mexico|york|casas\ grandes) | ciudad\ (?:juarez|acuna|victoria|obregon|de\ mexico)
        | puerto\ (?:rico|vallarta|penasco|palomas|escondido|plata) | playas?\ (?:del\ carmen|de\ rosarito|de\ tijuana)
        | cabo\ san\ lucas | piedras\ negras | agua\ prieta | del\ (?:rio|mar) | rio\ (?:grande(?:\ city)?|bravo|rico) | baja(?:\ california(?:\ sur)?)
        | costa\ (?:rica|mesa) | buenos\ aires | isla\ mujeres | casa\ grande | palo\ alto | chula\ vista | otay\ mesa
        | new\ (?:york|mexico|jersey|orleans|delhi) | long\ (?:beach|island) | palm\ (?:springs|beach|desert) | salt\ lake\ city
        | (?:mexico|kansas|oklahoma|panama|quebec|iowa)\ city | eagle\ pass | little\ rock | fort\ (?:worth|lauderdale|myers) | great\ falls | grand\ rapids
        | white\ plains | rocky\ point | green\ bay | big\ bend | hong\ kong | cayman\ islands | bay\ area | south\ (?:padre(?:\ island)?|korea|bend)
        | (?:north|south|west)\ (?:carolina|dakota|virginia) | corpus\ christi | baton\ rouge | college\ station | park\ city | colorado\ springs
    )\b""",
    re.VERBOSE,
)
"""Places whose names are words of one language and stand in messages of all, along the US border most of all."""
# The first two were set on a thousand English messages and two dozen short Spanish ones; docs/matching.md tells how many are told.


def spoken(text: str, indexes: Mapping[str, Index], preferred: str) -> str:
    """The language of a text, among those that there is an index of.

    Args:
        text: What somebody wrote.
        indexes: Language code -> its index.
        preferred: What it is taken for unless another language is clearly likelier; one of the indexes.
    """
    if len(indexes) < 2:
        return preferred
    likeliest, most = preferred, 0.0
    cleaned = clean(text)
    without_places = _PLACES.sub(" ", cleaned)
    # Where there are none, its words are those that `foreign` asks for as well.
    found = tokens(text if without_places == cleaned else without_places, NO_LANGUAGE)
    # "u" is Spanish for "or", and English chat-speak for "you": a letter that is short for something in the preferred language says nothing.
    short = {word for word in found if len(word) == 1 and tokens(word, preferred) != [word]}
    said = [word for word in dict.fromkeys(found) if not word.isdecimal() and word not in short]
    rarity = {language: index.space.rarity(said) for language, index in indexes.items()}
    common = _common(said, indexes)
    # A word that no language knows is rarer in the larger of them, which says nothing about the text.
    known = set().union(*rarity.values())
    words = known.union(*common.values())

    def total(language: str) -> float:
        unknown = indexes[language].space.unknown_idf
        return sum(rarity[language].get(word, unknown) for word in known) - sum(common[language].values())

    for other in indexes.keys() - {preferred} if words else ():
        # A language is told by which words are common in it: its index has counted that, and where that is small, others have.
        rarer = total(preferred) - total(other)
        if rarer > max(most, MIN_TOTAL) and rarer / len(words) > MIN_MEAN:
            likeliest, most = other, rarer
    if likeliest != preferred and len(words) == 1 and _is_phrasing(words, indexes[preferred]):
        return preferred
    return likeliest


def _common(words: Sequence[str], languages: Collection[str]) -> dict[str, dict[str, float]]:
    """For each language how common each of the words that are common anywhere is in it; nothing where that isn't known of all."""
    counted = common_words()
    if not words or not set(languages) <= set(counted.languages):
        return {language: {} for language in languages}
    found, levels = counted.of(words)
    return {
        language: {
            word: float(level)
            for word, is_common, level in zip(
                words, found, levels[:, counted.languages.index(language)], strict=True
            )
            if is_common
        }
        for language in languages
    }


def _is_phrasing(words: set[str], index: Index) -> bool:
    """Whether a word is all that a phrasing says: "yo" greets in English, however common it is in Spanish."""
    vector = index.space.vector(list(words))
    return bool(index.documents.beside(range(len(index.classes)), vector).similarity.max() >= SAME)
