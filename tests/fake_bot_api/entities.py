"""Text as Telegram counts it (UTF-16 code units) and the entities it finds in plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .errors import Json

# In the order in which they win a place: what lies inside a link is no mention.
_PATTERNS = (
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|info|eu|de|fr|es|me|gov|io)\b"
            r"(?:[/?#][^\s<>\"]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}")),
)


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, which is how the Bot API counts characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "url":
                end = start + len(match.group().rstrip(".,:;!?)'"))
            # An address with an @ before its host is an e-mail, not a link.
            if kind == "url" and text[end : end + 1] == "@":
                continue
            if all(end <= other_start or start >= other_end for other_start, other_end in taken):
                taken.append((start, end))
                yield kind, start, end


def overlaps(entity: Json, others: Iterable[Json]) -> bool:
    """Whether an entity shares a character with any of the others."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return any(start < other["offset"] + other["length"] and other["offset"] < end for other in others)


def find_entities(text: str, given: Iterable[Json] = ()) -> list[Json]:
    """The given entities, with those the server finds by itself: links, e-mails, commands, mentions, hashtags."""
    entities = list(given)
    unmarked = [
        entity for entity in entities if entity["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    known = [entity for entity in entities if entity["type"] in {kind for kind, _ in _PATTERNS}]
    for kind, start, end in _spans(text):
        entity: Json = {
            "type": kind,
            "offset": utf16_length(text[:start]),
            "length": utf16_length(text[start:end]),
        }
        if not overlaps(entity, unmarked) and not overlaps(entity, known):
            entities.append(entity)
    return sort_entities(entities)


def sort_entities(entities: Iterable[Json]) -> list[Json]:
    """In the server's order: by place, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trim(text: str, entities: Iterable[Json]) -> tuple[str, list[Json]]:
    """Cut white space off both ends, as the server does to what a bot sends; an entity's own start stays."""
    entities = list(entities)
    lead = len(text) - len(text.lstrip())
    first = min((entity["offset"] for entity in entities), default=None)
    cut = utf16_length(text[:lead])
    if first is not None and first < cut:
        cut = first
        lead = len(utf16_slice(text, 0, first))
    text = text[lead:].rstrip()
    size = utf16_length(text)
    kept = []
    for entity in entities:
        offset = entity["offset"] - cut
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return text, kept
