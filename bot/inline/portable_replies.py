"""What the bot says where a pressed button could not be answered in place: in chats that it isn't in. Pure.

Such a message is sent once, by an inline query or as a guest; all its buttons open the private chat.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import deep_links, unanswered
from bot.formatting import escape, label, plain
from bot.rendering import Renderer, noted
from bot.reply import Button, Reply, Row
from knowledge.model import Entry


def answer(
    renderer: Renderer, entry: Entry, username: str, *, clause: str = "", also: Entry | None = None
) -> Reply:
    """An entry's answer with its source, folded after the first sentence; arguments as for `Renderer.answer`."""
    text = renderer.answer(entry, folded=True, clause=clause, also=also).html
    return Reply(text, (*_links([also] if also else [], username), _private(renderer, username, entry.id)))


def first_sentence(reply: Reply) -> str:
    """The first sentence of an answer, without mark-up."""
    return plain(reply.html.partition("</b>")[0])


def clarify(renderer: Renderer, entries: Sequence[Entry], username: str) -> Reply:
    """Ask back: each entry's question leads to its answer in the private chat."""
    return Reply(escape(renderer.words("did-you-mean")), _links(entries, username))


def decline(renderer: Renderer, username: str, foreign: str = "") -> Reply:
    """Nothing here answers that; `foreign` as for `unanswered.decline`."""
    declined = unanswered.decline(renderer, foreign)
    declined = declined if foreign else noted(declined, renderer.words("decline-guest"))
    return Reply(declined.html, (_private(renderer, username),))


def how_to_ask(renderer: Renderer, username: str) -> Reply:
    """How to ask a guest, for a mention without a question."""
    text = renderer.words("guest-how", username=username)
    return Reply(escape(text), (_private(renderer, username),))


def _links(entries: Sequence[Entry], username: str) -> tuple[Row, ...]:
    return tuple((Button(label(e.question), url=deep_links.to_entry(username, e.id)),) for e in entries)


def _private(renderer: Renderer, username: str, entry_id: str = "") -> tuple[Button]:
    link = deep_links.to_entry(username, entry_id)
    return (Button(renderer.words("private-button"), url=link),)
