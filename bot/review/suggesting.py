"""What the bot says about sending a question to the maintainers: the offer, what would be kept, and what became of it. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot import deep_links
from bot.callback_data import Action, Payload, pack
from bot.deep_links import SUGGESTION
from bot.formatting import escape
from bot.locales import Words
from bot.reply import Button, Reply, Row
from bot.review.drafts import KEY_LENGTH
from bot.review.masking import Masked

KEEP_DAYS: Final = 90
"""Days for which a question that was sent is kept, unless it becomes a phrasing."""
KEEP: Final = KEEP_DAYS * 24 * 3600.0
"""The same in seconds."""
MAX_OPEN: Final = 10
"""Questions of one person that may wait at the same time."""


class Step(StrEnum):
    """What a button under such a message does."""

    SHOW = "show"
    """Show what would be kept."""
    SEND = "send"
    DROP = "drop"


def step_of(payload: Payload) -> Step | None:
    """What a button does; None for one that is about something else."""
    if payload.action is not Action.SUGGEST or payload.more not in set(Step):
        return None
    return Step(payload.more)


def offer_row(key: str, words: Words) -> tuple[Row, ...]:
    """The button under a message that says that nothing answers; none where the question isn't remembered."""
    return ((_button("suggest-button", key, Step.SHOW, words),),) if len(key) == KEY_LENGTH else ()


def offer_link_row(key: str, username: str, words: Words) -> tuple[Row, ...]:
    """As `offer_row`, for a group: the button opens the private chat."""
    return ((Button(words("suggest-button"), url=deep_links.to_suggestion(username, key)),),)


def key_in_link(payload: str) -> str | None:
    """The key in a deep link's payload; None for a link to something else."""
    return payload.removeprefix(SUGGESTION) if payload.startswith(SUGGESTION) else None


def offer(key: str, words: Words) -> Reply:
    """Ask whether to send it, after an answer to something else."""
    buttons = (_button("suggest-show", key, Step.SHOW, words), _button("suggest-drop", key, Step.DROP, words))
    return Reply(escape(words("suggest-offer")), tuple((button,) for button in buttons))


def preview(masked: Masked, key: str, words: Words) -> Reply:
    """Show what would be kept, exactly as it would be."""
    parts = [escape(words("suggest-preview")), f"<blockquote>{escape(masked.text)}</blockquote>"]
    if masked.hidden:
        parts.append(escape(words("suggest-hidden")))
    parts.append(escape(words("suggest-terms", days=KEEP_DAYS)))
    buttons = (_button("suggest-send", key, Step.SEND, words), _button("suggest-drop", key, Step.DROP, words))
    return Reply("\n\n".join(parts), (buttons,))


def sent(masked: Masked, words: Words) -> Reply:
    """It was sent."""
    return Reply(f"{escape(words('suggest-sent'))}\n\n<blockquote>{escape(masked.text)}</blockquote>")


def _button(name: str, key: str, step: Step, words: Words) -> Button:
    return Button(words(name), pack(Action.SUGGEST, key, step))
