"""The bot's queue of updates: kept until confirmed, as on the real server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .errors import conflict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .errors import Json
    from .waiting import Changes

UPDATE_TYPES: Final = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "guest_message",
    "managed_bot",
    "stopped_message_generation",
    "subscription",
)
# These come only to a bot that asks for them by name.
_ON_REQUEST: Final = ("chat_member", "message_reaction", "message_reaction_count")
DEFAULT_TYPES: Final = frozenset(UPDATE_TYPES) - frozenset(_ON_REQUEST)
FIRST_UPDATE_ID: Final = 870_000_001
WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(eq=False)
class QueuedUpdate:
    """An update that waits to be confirmed; one queued `again` comes once more though it was confirmed."""

    update: Json
    lane: str
    again: bool = False

    @property
    def id(self) -> int:
        """The update's identifier; a malformed update without one counts as 0."""
        identifier = self.update.get("update_id")
        return identifier if isinstance(identifier, int) else 0


@dataclass
class UpdateQueue:
    """Updates in order, with the kinds the bot asked for."""

    queued: list[QueuedUpdate] = field(default_factory=list)
    next_id: int = FIRST_UPDATE_ID
    allowed: frozenset[str] = DEFAULT_TYPES

    def allow(self, types: Iterable[str] | None) -> None:
        """Remember ``allowed_updates``; None leaves the last setting, an empty list is the default kinds."""
        if types is not None:
            known = frozenset(str(kind).lower() for kind in types) & frozenset(UPDATE_TYPES)
            self.allowed = known or DEFAULT_TYPES

    def add(self, kind: str, payload: Json, lane: str) -> Json | None:
        """Queue an update; None when the bot did not ask for its kind, which loses it, as on the real server."""
        if kind not in self.allowed:
            return None
        return self.add_raw({kind: payload}, lane)

    def add_raw(self, update: Json, lane: str, *, number: bool = True) -> Json:
        """Queue an update as it is; without an identifier it gets the next one, unless it is not to have one."""
        if "update_id" not in update and number:
            update = {"update_id": self.next_id, **update}
            self.next_id += 1
        elif isinstance(update.get("update_id"), int):
            self.next_id = max(self.next_id, update["update_id"] + 1)
        self.queued.append(QueuedUpdate(update, lane))
        return update

    def repeat(self, update: Json) -> None:
        """Send an update once more under its old identifier, confirmed or not."""
        self.queued.insert(0, QueuedUpdate(update, "again", again=True))

    def forget(self, queued: QueuedUpdate) -> None:
        """Drop one update: it was delivered to a webhook."""
        if queued in self.queued:
            self.queued.remove(queued)

    def clear(self) -> None:
        """Drop every update."""
        self.queued.clear()

    def take(self, offset: int, limit: int) -> list[Json]:
        """What getUpdates answers: an offset confirms all before it, a negative one all but the last few."""
        if offset < 0:
            del self.queued[:offset]
        elif 0 < offset <= self.next_id:
            # An offset beyond the next identifier is not believed and confirms nothing.
            self.queued[:] = [entry for entry in self.queued if entry.again or entry.id >= offset]
        batch = self.queued[:limit]
        for entry in batch:
            if entry.again:
                self.queued.remove(entry)
        return [entry.update for entry in batch]


@dataclass
class LongPoll:
    """Long polling: one call waits, a second that would wait too ends it with a 409."""

    changes: Changes
    updates: UpdateQueue
    closing: bool = False
    _generation: int = 0
    _waiting: int | None = None
    _ended: dict[int, str] = field(default_factory=dict)

    def end(self, reason: str) -> None:
        """End the waiting call, if any, with a 409."""
        if self._waiting is not None:
            self._ended[self._waiting] = reason
            self._waiting = None
            self.changes.notify()

    @property
    def waiting(self) -> bool:
        """Whether a call waits for updates right now."""
        return self._waiting is not None

    async def get(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Updates, at once or as soon as there are some; an empty list when time is up."""
        with self.changes.lock:
            batch = self.updates.take(offset, limit)
            if batch or seconds <= 0 or self.closing:
                return batch
            self.end(OTHER_POLLER)
            self._generation += 1
            mine = self._waiting = self._generation
            self.changes.notify()
        try:
            # Taking confirms again what this call's offset confirmed before, which changes nothing.
            got = await self.changes.until(
                lambda: mine in self._ended or self.closing or self.updates.take(max(offset, 0), limit),
                seconds,
            )
        finally:
            if self._waiting == mine:
                self._waiting = None
        if reason := self._ended.pop(mine, None):
            raise conflict(reason)
        return got if isinstance(got, list) else []
