"""An imported page -> the text of its `passages.yaml`, keeping what curators wrote before.

The file holds no sentence of the page: a fingerprint stands for the text, and the gist is for a curator to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from knowledge.importer.page import Block, ImportedPage
from knowledge.importer.scalars import quoted
from knowledge.model import Passage, Voice
from knowledge.pairing import Pair, pair_up

_HEAD: Final = """\
# The passages that answers cite, one for every block of the page, in reading order.
#   voice        whose words they are: advisory, agency, reader, author-reply or pingback
#   position     the line of the page as text
#   fingerprint  a hash of the passage's normalised text, which shows when the page was edited
#   parent       the comment that this one answers
#   gist         what it says, in your own words and in one line; readers see it under an answer
#   translations the gist in the other languages, each by its code
"""


def passages_yaml(page: ImportedPage, known: Iterable[Passage] = ()) -> str:
    """Write the passages of a page as YAML.

    Args:
        page: The page.
        known: The passages written before. Their gists and translations are kept for the same text wherever it stands now, and for an edited
            passage with a comment that asks for a review. A voice that had to be guessed is kept as it was corrected.

    Returns:
        The file's text: `passages`, a list of `{id, voice, position, fingerprint, parent?, gist, translations?}`. An unwritten gist is empty.
    """
    pairs = pair_up(page.passages, tuple(known))
    lines = [_HEAD, "passages:" if page.passages else "passages: []"]
    for pair in pairs:
        lines += _lines(pair)
    return "\n".join(lines) + "\n"


def _lines(pair: Pair[Block]) -> Iterator[str]:
    passage, block = pair.passage, pair.block
    if block is None:
        if passage is not None:
            # A gist is work: it goes as a comment and not without a trace.
            yield f"  # no longer on the page: {passage.id}, {quoted(passage.gist)}"
        return
    yield f"  - id: {block.id}"
    yield f"    voice: {_voice(pair, block)}"
    yield f"    position: {block.position}"
    # Quoted, or a fingerprint of digits alone would be read as a number.
    yield f'    fingerprint: "{block.fingerprint}"'
    if block.parent:
        yield f"    parent: {block.parent}"
    if passage is not None and not pair.is_same_text:
        yield "    # review: the passage was edited since this gist was written"
    yield f"    gist: {quoted(passage.gist if passage else '')}"
    if passage is not None and passage.translations:
        yield "    translations:"
        for language, gist in passage.translations.items():
            yield f"      {language}: {quoted(gist)}"


def _voice(pair: Pair[Block], block: Block) -> Voice:
    if block.inferred and pair.passage is not None and pair.is_same_text:
        return pair.passage.voice
    return block.voice or Voice.ADVISORY
