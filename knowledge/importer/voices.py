"""Whose words a comment holds, where the page does not mark its author's own.

Names settle it where the page shows them. Plain text mostly does not; there a reply is weighed by what hosts write and guests
do not: they thank people for commenting, greet them by name, speak of the book or the post as theirs, and answer a comment
directly. No single sign suffices, and who writes to the author or of "your post" is a guest. The signs are English ones. It
is a guess, so every one comes with a finding that tells its reasons, and a curator who knows better says so in passages.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from knowledge.importer.fingerprint import wording
from knowledge.importer.page import Block, BlockKind, Finding, Severity
from knowledge.model import Voice

ENOUGH: Final = 3
"""The weight from which on a reply is taken for the author's."""
_LONGEST_TEXT: Final = 20_000
"""Signs are looked for in this much of a comment."""
_ADDRESSES: Final = frozenset({"dear", "dr", "hello", "hey", "hi", "mr", "mrs", "ms", "prof", "thanks"})
_WORKS: Final = r"(?:book|blog|post|article|piece|column|newsletter|advisory|lab|laboratory|website|site|team|research group)"


@dataclass(frozen=True, slots=True)
class _Sign:
    weight: int
    pattern: re.Pattern[str]
    reason: str


_SIGNS: Final = (
    _Sign(
        2,
        re.compile(
            r"\b(?:thanks|thank you)\b[^.!?]{0,40}"
            r"\b(?:comment|commenting|comments|question|reading|feedback|stopping by|writing in|weighing in)\b",
            re.IGNORECASE,
        ),
        "it thanks for the comment",
    ),
    _Sign(
        2,
        re.compile(rf"\b(?:my|our) (?:[\w'\u2019-]{{1,30}} ){{0,4}}{_WORKS}\b", re.IGNORECASE),
        "it speaks of a work as its writer's own",
    ),
    _Sign(
        2,
        re.compile(
            rf"\bI (?:wrote|said|mentioned|noted|explained|posted|published)\b[^.!?]{{0,40}}\b(?:{_WORKS}|above)\b",
            re.IGNORECASE,
        ),
        "it refers to what its writer said on the page",
    ),
    _Sign(
        1,
        re.compile(r"\A(?:hi|hello|hey|dear) [^\W\d_][\w.'\u2019-]{0,30}", re.IGNORECASE),
        "it greets a commenter",
    ),
    _Sign(
        -2,
        re.compile(rf"\byour (?:[\w'\u2019-]{{1,30}} ){{0,3}}{_WORKS}\b", re.IGNORECASE),
        "it speaks of the page as somebody else's",
    ),
)


def settle_voices(blocks: Sequence[Block], author: str) -> tuple[list[Block], list[Finding]]:
    """Give every block in the thread a voice.

    Args:
        blocks: Numbered blocks; those whose voice the page shows keep it.
        author: The name of the page's author; empty where unknown.

    Returns:
        As many blocks, and findings on guesses.
    """
    findings: list[Finding] = []
    by_id = {block.id: block for block in blocks if block.id}
    settled: list[Block] = []
    unsigned: list[Block] = []
    for block in blocks:
        if block.kind.in_thread and block.voice is None:
            voice, reasons = _voice(block, by_id.get(block.parent), author)
            settled.append(replace(block, voice=voice, inferred=reasons))
            if voice is Voice.AUTHOR_REPLY:
                findings.append(_guess(block, reasons))
            elif reasons:
                unsigned.append(block)
        else:
            settled.append(block)
    if unsigned:
        findings.append(_unsigned(unsigned))
    return settled, findings


def _voice(block: Block, parent: Block | None, author: str) -> tuple[Voice, str]:
    """A voice and why it was inferred; the reason is empty where the page tells as much."""
    if block.kind is BlockKind.PINGBACK:
        return Voice.PINGBACK, ""
    if block.author and author:
        same = wording(block.author) == wording(author)
        return (Voice.AUTHOR_REPLY, "it bears the author's name") if same else (Voice.READER, "")
    if block.kind is BlockKind.COMMENT or parent is None:
        return Voice.READER, ""
    weight, reasons = _weigh(block.text[:_LONGEST_TEXT], parent, author)
    if weight >= ENOUGH:
        return Voice.AUTHOR_REPLY, ", ".join(reasons)
    return Voice.READER, "it has no sign of the author"


def _weigh(text: str, parent: Block, author: str) -> tuple[int, list[str]]:
    flat = " ".join(text.split())
    found = [sign for sign in _SIGNS if sign.pattern.search(flat)]
    weight = sum(sign.weight for sign in found)
    reasons = [sign.reason for sign in found if sign.weight > 0]
    if parent.level == 1:
        weight += 1
        reasons.append("it answers a comment directly")
    names = wording(author).split()
    # Who opens with the author's name is writing to the author; who ends with it has signed.
    opening = [word for word in wording(flat[:80]).split() if word not in _ADDRESSES]
    if names and opening[:1] and opening[0] in names:
        weight -= ENOUGH
    elif names and wording(text.rsplit("\n", 1)[-1]) in (names[0], " ".join(names)):
        weight += ENOUGH
        reasons.append("it is signed with the author's name")
    return weight, reasons


def _guess(block: Block, reasons: str) -> Finding:
    message = f"{block.id} is taken for the author's reply: {reasons}"
    mend = f"Confirm it on the page; otherwise write `voice: {Voice.READER}` in passages.yaml, which later imports keep."
    return Finding(Severity.INFO, block.position, "author-inferred", message, mend)


def _unsigned(blocks: Sequence[Block]) -> Finding:
    ids = ", ".join(block.id for block in blocks)
    message = f"taken for readers' replies, having no sign of the author: {ids}"
    mend = f"Confirm it on the page; where one is the author's, write `voice: {Voice.AUTHOR_REPLY}` in passages.yaml, which later imports keep."
    return Finding(Severity.INFO, blocks[0].position, "readers-inferred", message, mend)
