"""Looking around: the topics, and a topic's questions, as lists of buttons. Pure."""

from __future__ import annotations

from typing import Final

from bot import unanswered
from bot.callback_data import Action, Payload, pack
from bot.formatting import escape, label
from bot.rendering import Renderer
from bot.reply import Button, Reply
from knowledge.model import Entry, Kind

MOST: Final = 90
"""Buttons of a list; a message takes a hundred."""


def topics(renderer: Renderer) -> Reply:
    """The list of topics."""
    rows = [
        (Button(label(topic.title), pack(Action.TOPIC, topic.id)),)
        for topic in renderer.base.topics_for(renderer.language).values()
        if in_topic(renderer, topic.id)
    ]
    if not rows:  # a knowledge base without topics: one list of everything
        rows = [(Button(label(e.question), pack(Action.BROWSE, e.id)),) for e in in_topic(renderer, "")]
    return Reply(escape(renderer.words("topics-title")), tuple(rows[:MOST]))


def topic(renderer: Renderer, topic_id: str) -> Reply | None:
    """The list of a topic's entries; None where there is no such topic."""
    found = renderer.base.topics_for(renderer.language).get(topic_id)
    if found is None:
        return None
    rows = [
        (Button(label(entry.question), pack(Action.BROWSE, entry.id)),)
        for entry in in_topic(renderer, topic_id)
    ]
    rows = [
        *rows[:MOST],
        (
            Button(
                renderer.words("back-to-topics"),
                pack(Action.TOPICS),
                heard=renderer.words("checklist-heard-back"),
            ),
        ),
    ]
    return Reply(escape(renderer.words("topic-title", topic=label(found.title))), tuple(rows))


def listed(renderer: Renderer, payload: Payload) -> Reply | None:
    """The list that a button brings; None where it brings none, or one that isn't there any more."""
    if payload.action is Action.TOPIC:
        return topic(renderer, payload.id)
    if payload.action is Action.NONE_OF_THESE:
        return unanswered.none_chosen(renderer, payload.id)
    return topics(renderer) if payload.action is Action.TOPICS else None


def in_topic(renderer: Renderer, topic_id: str) -> list[Entry]:
    """A topic's entries for browsing: courtesies such as "Thank you" are nobody's question."""
    return [
        entry
        for entry in renderer.entries()
        if entry.topic == topic_id and (entry.kind is not Kind.CHITCHAT or entry.question.endswith("?"))
    ]
