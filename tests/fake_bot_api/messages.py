"""Messages: what the server stores of them and how the Bot API shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .entities import utf16_slice

if TYPE_CHECKING:
    from .errors import Json
    from .people import Chat, User


@dataclass(eq=False)
class Message:
    """A message in a chat, also the handle by which a test speaks of it.

    `text` and `caption` are plain; `html` is what the bot sent in the HTML parse mode (or the plain text).
    `silent` ones arrive without a sound. `fields` holds what the Bot API shows as it is: a photo, a sticker, a service message's content.
    `touched` grows with every message sent or edited anywhere, so "after this one" has a meaning.
    """

    id: int
    chat: Chat
    date: int
    sender: User | None = None
    sender_chat: Chat | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Json] = field(default_factory=list)
    html: str = ""
    fields: Json = field(default_factory=dict)
    options: Json = field(default_factory=dict)
    reply_markup: Json | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    in_topic: bool = False
    by_bot: bool = False
    silent: bool = False
    edit_date: int | None = None
    deleted: bool = False
    touched: int = 0
    earlier: list[str] = field(default_factory=list)

    @property
    def content(self) -> str:
        """The text or the caption."""
        return self.text if self.text is not None else self.caption or ""

    @property
    def service(self) -> bool:
        """Whether it tells of an event instead of being said by somebody."""
        return self.text is None and not any(name in self.fields for name in _CONTENT)

    @property
    def buttons(self) -> list[list[str]]:
        """The texts of the keyboard's buttons, row by row."""
        markup = self.reply_markup or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [[_caption(button) for button in row] for row in rows]

    def button(self, text: str) -> Json:
        """The inline button with this text (or, when just one fits, containing it)."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        buttons: list[Json] = [button for row in rows for button in row]
        exact = [button for button in buttons if button["text"] == text]
        found = exact or [button for button in buttons if text in button["text"]]
        if len(exact) >= 1 or len(found) == 1:
            return found[0]
        raise LookupError(f"message {self.id} has no one button {text!r}, but {self.buttons!r}")

    def entity_texts(self, kind: str) -> list[str]:
        """The parts of the text marked as of one kind: bold, bot_command, text_link and so on."""
        return [
            utf16_slice(self.content, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] == kind
        ]

    def json(self, *, with_reply: bool = True) -> Json:
        """The Bot API's Message; the message it answers is shown without what that one answers."""
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.json()}
        answered = self._answered() if with_reply else None
        optional: Json = {
            "from": self.sender and self.sender.json(),
            "sender_chat": self.sender_chat and self.sender_chat.json(),
            "message_thread_id": self.thread_id,
            "is_topic_message": self.in_topic or None,
            "edit_date": self.edit_date,
            "reply_to_message": answered and answered.json(with_reply=False),
            "text": self.text,
            "caption": self.caption or None,
            "entities" if self.text is not None else "caption_entities": self.entities or None,
            # Reply keyboards are shown to people only.
            "reply_markup": self.reply_markup if "inline_keyboard" in (self.reply_markup or {}) else None,
        }
        shown |= {name: value for name, value in optional.items() if value is not None}
        return shown | self.fields | self.options

    def _answered(self) -> Message | None:
        if self.reply_to is not None:
            return None if self.reply_to.deleted else self.reply_to
        topic = self.chat.topics.get(self.thread_id) if self.in_topic and self.thread_id else None
        return topic.root if topic is not None and topic.root is not self else None

    def inaccessible_json(self) -> Json:
        """The Bot API's InaccessibleMessage: the message is gone."""
        return {"chat": self.chat.json(), "message_id": self.id, "date": 0}


_CONTENT = (
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "sticker",
    "location",
    "contact",
    "poll",
    "dice",
    "venue",
    "story",
)


def _caption(button: Any) -> str:  # noqa: ANN401 - a reply keyboard's button is a string or an object
    return button if isinstance(button, str) else str(button["text"])
