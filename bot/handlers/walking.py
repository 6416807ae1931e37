"""Going through the checklist with somebody in private, and remembering for a while how far they have come."""

from __future__ import annotations

from bot import checklists
from bot.handlers.context import Desk
from bot.questions import Conversation
from bot.rendering import Renderer
from bot.reply import Reply


def resume(desk: Desk, renderer: Renderer, conversation: Conversation) -> Reply:
    """Where somebody left it, or the beginning."""
    way = desk.walks.get(conversation)
    return go_to(desk, renderer, way.code if way else "", conversation)


def go_to(desk: Desk, renderer: Renderer, code: str, conversation: Conversation) -> Reply:
    """The step with a walk's code, or with none the beginning; remembered until the end is reached."""
    reply, way = checklists.at(renderer, code)
    note(desk, renderer, way, conversation)
    return reply


def note(desk: Desk, renderer: Renderer, way: checklists.Way | None, conversation: Conversation) -> None:
    """Remember how far somebody has come, and at the end what is spoken of then."""
    desk.conversations.moved_on(conversation)
    if way:
        desk.walks.keep(conversation, way)
    else:
        desk.walks.drop(conversation)
        desk.conversations.remember(conversation, checklists.entry_after(renderer))
