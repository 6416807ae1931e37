"""Deleting what is kept of somebody: by the command, by a button, or by typing what it says."""

from __future__ import annotations

from bot import about
from bot.handlers import elsewhere
from bot.handlers.context import Desk
from bot.rendering import Renderer
from bot.reply import Reply
from bot.store.protocol import Forgotten
from bot.transport.attempts import once


async def forget(desk: Desk, sender: int, *, but: int, stored: bool = True) -> tuple[dict[str, int], bool]:
    """Forget somebody: how much there was of each kind, as `about.forgotten` names them, and whether other processes forget as well.

    Args:
        desk: Remembers.
        sender: Whom: the number of a person, or of a chat in whose name somebody writes.
        but: The number of the update that asks for it, which is still to be handled.
        stored: Whether what the store has of them goes as well.

    Raises:
        StoreUnavailableError: Some of it can't be reached now.
    """
    return await once("forgotten", lambda: _forget(desk, sender, but, stored=stored))


async def done(desk: Desk, sender: int, renderer: Renderer, *, but: int) -> Reply:
    """Forget a person who says so in private, and say what that was; arguments and errors as for `forget`."""
    counts, others = await forget(desk, sender, but=but)
    return about.forgotten(renderer, counts, others=others)


async def _forget(desk: Desk, sender: int, but: int, *, stored: bool) -> tuple[dict[str, int], bool]:
    gone = Forgotten(updates=0, settings=0, suggestions=0)
    if stored:
        gone = await once("deleted", lambda: desk.store.forget(sender, but=but))
    others = await elsewhere.tell_to_forget(desk, sender)
    here = elsewhere.forget_here(desk, sender)
    here["drafts"] += gone.handed
    kept = {"waiting": gone.updates, "settings": gone.settings, "suggestions": gone.suggestions}
    return kept | here, others
