"""An answer -> a button that shares it: in short, with its source, and a link to the whole of it. Pure.

The button opens Telegram's own dialog for sharing, where people choose the chat and may still change the text. Nothing of
it passes through the bot, and it works where inline mode is off.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from bot import deep_links
from bot.formatting import MAX_TITLE, cut
from bot.rendering import Renderer
from bot.reply import Button
from knowledge.model import Entry, Kind
from knowledge.texts import split_answer

MAX_URL: Final = 2000
"""Characters of the link with the text in it: longer ones are cut off by some apps."""
_NOT_HANDED_ON: Final = frozenset({Kind.CHITCHAT, Kind.GUARDRAIL})
"""A courtesy is nobody's news, and in an emergency the fewer buttons the better."""
_PAGE: Final = "https://t.me/share/url"


def button(renderer: Renderer, entry: Entry, username: str) -> Button | None:
    """The button for an answer; None for a courtesy or a guardrail, or where the bot's name isn't known.

    Args:
        renderer: The reader's.
        entry: What was answered.
        username: The bot's, without the `@`.
    """
    if not username or entry.kind in _NOT_HANDED_ON:
        return None
    link = deep_links.to_entry(username, entry.id)
    for room in range(MAX_TITLE, 0, -20):
        url = f"{_PAGE}?url={quote(link, safe='')}&text={quote(_text(renderer, entry, room), safe='')}"
        if len(url) <= MAX_URL:
            return Button(renderer.words("share-button"), url=url)
    return None


def _text(renderer: Renderer, entry: Entry, room: int) -> str:
    """What is handed on; the question and the answer may take `room` UTF-16 units each."""
    first, _ = split_answer(renderer.filled(entry.answer))
    return renderer.words(
        "share-text",
        question=cut(" ".join(entry.question.split()), room),
        answer=cut(first, room),
        origin=renderer.document.origin() or cut(renderer.base.advisory.title, room),
    )
