"""What people left: settings of their chats, counts of feedback, suggestions. In a database."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Delete, Update, case, delete, func, select, update

from bot.store.database import Database
from bot.store.from_people import FeedbackCount, Suggestion, SuggestionState
from bot.store.keys import UnreadableError
from bot.store.lookups import Lookups
from bot.store.protocol import Json, StoreUnusableError
from bot.store.tables import chat_settings, feedback, suggestions

log = logging.getLogger(__name__)


class RecordsInDatabase:
    """The protocol's ChatSettings, Feedback and Suggestions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Read with each update, so the updates that are handled at once are looked up at once.
        self._settings: Lookups[str, dict[str, Json]] = Lookups(self._settings_of)

    async def chat_settings(self, chat_id: int) -> dict[str, Json]:
        """A chat's settings; empty where there are none."""
        return dict(await self._settings.get(self._database.hashes.chat(chat_id)) or {})

    async def _settings_of(self, chats: Collection[str]) -> dict[str, dict[str, Json]]:
        asking = select(chat_settings.c.chat, chat_settings.c.settings).where(chat_settings.c.chat.in_(chats))
        rows = await self._database.run(lambda connection: connection.execute(asking).all())
        return {row.chat: row.settings or {} for row in rows}

    async def set_chat_settings(self, chat_id: int, settings: Mapping[str, Json]) -> None:
        """Replace a chat's settings; empty ones delete the row."""
        if not settings:
            await self._database.run(lambda connection: self.forget_settings(connection, chat_id))
            return
        row = {"chat": self._database.hashes.chat(chat_id), "settings": dict(settings)}
        setting = self._database.insert(chat_settings).values(row)
        setting = setting.on_conflict_do_update(index_elements=["chat"], set_={"settings": row["settings"]})
        await self._database.run(lambda connection: connection.execute(setting))

    def forget_settings(self, connection: Connection, chat_id: int) -> int:
        """Delete a chat's settings; how many there were."""
        chat = self._database.hashes.chat(chat_id)
        return connection.execute(delete(chat_settings).where(chat_settings.c.chat == chat)).rowcount

    async def count_feedback(self, entry_id: str, base_version: str, verdict: str) -> None:
        """Count one more."""
        row = {"entry_id": entry_id, "base_version": base_version, "verdict": verdict}
        counting = self._database.insert(feedback).values(**row, count=1)
        counting = counting.on_conflict_do_update(
            index_elements=list(row), set_={"count": feedback.c.count + 1}
        )
        await self._database.run(lambda connection: connection.execute(counting))

    async def feedback(self) -> list[FeedbackCount]:
        """All counts, in the order of entry, version and verdict."""
        columns = feedback.c
        asking = select(feedback).order_by(columns.entry_id, columns.base_version, columns.verdict)
        rows = await self._database.run(lambda connection: connection.execute(asking).all())
        return [FeedbackCount(*row) for row in rows]

    async def add_suggestion(self, sender_id: int, text: str, *, keep: float, language: str = "") -> int:
        """Keep a text for a while; answers its number."""
        database = self._database
        adding = (
            database.insert(suggestions)
            .values(
                sender=database.hashes.sender(sender_id),
                text=database.key.encrypt(text.encode("utf-8", "surrogatepass")),
                created=database.now,
                expires=database.now + keep,
                state=SuggestionState.OPEN.value,
                language=language,
            )
            .returning(suggestions.c.number)
        )
        return int(await database.run(lambda connection: connection.execute(adding).scalar_one()))

    async def suggestions(
        self, state: SuggestionState | None = SuggestionState.OPEN, *, limit: int | None = 100
    ) -> list[Suggestion]:
        """Suggestions that haven't expired, the oldest first; None for every state."""
        asking = select(suggestions).where(suggestions.c.expires > self._database.now)
        if state is not None:
            asking = asking.where(suggestions.c.state == state.value)
        asking = asking.order_by(suggestions.c.number).limit(limit)
        rows = await self._database.run(lambda connection: connection.execute(asking).all())
        return [
            Suggestion(
                row.number,
                self._text(row.text),
                row.created,
                row.expires,
                SuggestionState(row.state),
                row.language,
                row.entry_id,
            )
            for row in rows
        ]

    def _text(self, token: bytes) -> str:
        try:
            return self._database.key.decrypt(token).decode("utf-8", "surrogatepass")
        except UnreadableError:
            raise StoreUnusableError("STORE_KEY lacks the key that suggestions were stored with") from None

    async def open_suggestions(self, sender_id: int | None = None) -> int:
        """How many are open: of somebody, or of all."""
        columns = suggestions.c
        counting = (
            select(func.count())
            .select_from(suggestions)
            .where(columns.state == SuggestionState.OPEN.value, columns.expires > self._database.now)
        )
        if sender_id is not None:
            counting = counting.where(columns.sender == self._database.hashes.sender(sender_id))
        return await self._database.run(lambda connection: connection.execute(counting).scalar_one())

    async def resolve_suggestion(
        self, number: int, state: SuggestionState, *, entry_id: str = "", keep: float | None = None
    ) -> bool:
        """Decide on an open suggestion; False where there is no such one. Of a phrasing it forgets who sent it."""
        columns = suggestions.c
        resolving = (
            update(suggestions)
            .where(columns.number == number, columns.state == SuggestionState.OPEN.value)
            .values(
                state=state.value,
                sender="" if state is SuggestionState.TAKEN else columns.sender,
                entry_id=entry_id,
                expires=columns.expires if keep is None else self._database.now + keep,
            )
        )
        return await self._changed(resolving) == 1

    async def reopen_suggestion(self, number: int, *, keep: float) -> bool:
        """Take a decision back; False where there is none to take back."""
        columns = suggestions.c
        reopening = (
            update(suggestions)
            .where(columns.number == number, columns.state != SuggestionState.OPEN.value)
            .values(
                state=SuggestionState.OPEN.value,
                entry_id="",
                expires=case(
                    (columns.created + keep < columns.expires, columns.created + keep), else_=columns.expires
                ),
            )
        )
        return await self._changed(reopening) == 1

    async def delete_suggestion(self, number: int) -> bool:
        """Delete a suggestion; False where there is no such one."""
        return await self._changed(delete(suggestions).where(suggestions.c.number == number)) == 1

    def forget_suggestions(self, connection: Connection, sender_id: int) -> int:
        """Delete all that somebody has sent and that isn't a phrasing; how many there were."""
        sender = self._database.hashes.sender(sender_id)
        return connection.execute(delete(suggestions).where(suggestions.c.sender == sender)).rowcount

    async def expire(self) -> None:
        """Delete suggestions whose time is over."""
        old = await self._changed(delete(suggestions).where(suggestions.c.expires <= self._database.now))
        if old:
            log.info("%s of the questions that people sent are deleted: their time is over", old)

    async def _changed(self, change: Update | Delete) -> int:
        """Change something; how many rows it was."""
        return await self._database.run(lambda connection: connection.execute(change).rowcount)
