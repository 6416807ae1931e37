"""What a button brings, whether it is pressed or typed."""

from __future__ import annotations

from bot import about, browsing
from bot.callback_data import ELSEWHERE, Action, Payload
from bot.groups.group_replies import GroupReplies, folded
from bot.handlers.context import Desk
from bot.questions import Conversation
from bot.rendering import Renderer
from bot.reply import Reply
from bot.review import suggesting

_LOOKS = frozenset({Action.BROWSE, Action.SOURCES})
_LISTS = frozenset({Action.TOPICS, Action.TOPIC, Action.NONE_OF_THESE})


def reply_to(
    desk: Desk, payload: Payload | None, replies: GroupReplies, conversation: Conversation, *, private: bool
) -> tuple[Reply, bool]:
    """What a button brings, and whether it takes the place of the button's message.

    Args:
        desk: Answers.
        payload: What the button means; None for nothing.
        replies: For the chat, and for who pressed.
        conversation: Of the one who pressed.
        private: Whether that is in a private chat.
    """
    renderer = replies.renderer
    if payload is not None and payload.action in _LISTS:
        if payload.action is Action.NONE_OF_THESE:
            desk.conversations.none_meant(conversation, safe=payload.id == ELSEWHERE)
        listed = _listed(payload, renderer, private=private)
        return (listed, True) if listed else (renderer.not_there(), False)
    looks = payload is not None and payload.action in _LOOKS
    show = desk.conversations.browse if looks else desk.conversations.show
    entry = show(payload.id, conversation, renderer.language) if payload else None
    if payload is None or entry is None:
        return renderer.not_there(), False
    if payload.action is Action.SOURCES:
        shown = about.sources(renderer, entry)
        return (shown if private else folded(shown)), False
    browsing = payload.action is Action.BROWSE
    if not private:
        reply = replies.answer(entry, browsing=browsing)
    elif browsing:
        reply = renderer.answer(entry, browsing=True)
    else:
        key = payload.more if payload.action is Action.CHOOSE else ""
        reply = desk.replies(renderer, key).answer(entry)
    return reply, payload.action is not Action.SHOW


def _listed(payload: Payload, renderer: Renderer, *, private: bool) -> Reply | None:
    listed = browsing.listed(renderer, payload)
    if listed is None or not private or payload.action is not Action.NONE_OF_THESE:
        return listed
    return listed.with_rows(suggesting.offer_row(payload.id, renderer.words))
