"""An entry's answer as private chats get it, with what is offered there alone; made once for all who get the same."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import Final

from bot import checklists, share_button
from bot.callback_data import Action, Payload, unpack
from bot.rendering import Renderer
from bot.reply import Reply
from knowledge.model import Entry, KnowledgeBase

MOST: Final = 500
"""Answers that are kept ready, of some four kilobytes each; the one that wasn't asked for longest is forgotten beyond."""


def offering(reply: Reply, entry: Entry, renderer: Renderer, username: str) -> Reply:
    """An answer with what groups, which dislike keyboards, don't get: the checklist where it belongs to it, and handing it on.

    Args:
        reply: The answer.
        entry: Whose.
        renderer: For who asked.
        username: The bot's, without the `@`; empty while it isn't known.
    """
    share = share_button.button(renderer, entry, username)
    rows = [*checklists.offer(renderer, entry), *reply.buttons]
    if share and rows and unpack(rows[-1][-1].data) == Payload(Action.SOURCES, entry.id):
        # What it rests on, and handing it on, are asked for by the same people.
        rows[-1] = (*rows[-1], share)
    elif share:
        rows.append((share,))
    return replace(reply, buttons=tuple(rows))


class Answers:
    """Answers of one knowledge base, each rendered when it is asked for first."""

    def __init__(self) -> None:
        self._base: KnowledgeBase | None = None
        self._made: OrderedDict[tuple[str, ...], Reply] = OrderedDict()

    def of(self, entry: Entry, renderer: Renderer, username: str) -> Reply:
        """An entry's answer with what is offered; arguments as for `offering`."""
        if renderer.base is not self._base:
            self._base = renderer.base
            self._made.clear()
        name = (entry.id, entry.language, renderer.language, renderer.operator, username)
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = offering(renderer.answer(entry), entry, renderer, username)
            if len(self._made) > MOST:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(name)
        return made
