"""Which of a group's messages wait for nobody: what is urgent must not come to its turn behind a crowd's questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from bot.handlers import group_answers
from bot.handlers.context import Desk
from bot.questions import names_command
from knowledge.outcome import Question
from knowledge.overhearing import LONGEST, asks_everybody, pleads

IsUrgent: TypeAlias = Callable[[object], bool]
_IN_GROUPS: Final = ("group", "supergroup")


def looking(desk: Desk) -> IsUrgent:
    """What tells, of an update as JSON made it, whether it brings a group's message that may be put to the bot and is urgent.

    Said by itself, without its conversation and the group's settings: what is found by them alone comes in its turn.
    """

    def is_urgent(update: object) -> bool:
        match update:
            case {"message": {"text": str(text), "chat": {"type": kind}} as message} if kind in _IN_GROUPS:
                asks = names_command(text, "ask")
                if not asks and not _may_be_put(message, text):
                    return False
                said = text.partition(" ")[2] if asks else text
                try:
                    verdict = desk.conversations.answerer.answer(Question(said, _language(message)))
                except Exception:  # noqa: BLE001 - met again, and told, where it comes in its turn: here it would hold up everybody
                    return False
                return group_answers.is_urgent(desk, verdict)
        return False

    return is_urgent


def _may_be_put(message: Mapping[str, Any], text: str) -> bool:
    """Whether it is worth a look: most of what a group's members tell each other asks the bot nothing."""
    return len(text) <= LONGEST and (
        "@" in text or "reply_to_message" in message or asks_everybody(text) or pleads(text)
    )


def _language(message: Mapping[str, Any]) -> str | None:
    sender = message.get("from")
    code = sender.get("language_code") if isinstance(sender, Mapping) else None
    return code if isinstance(code, str) else None
