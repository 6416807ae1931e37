"""/review, for admins in private: the questions that people sent, group by group, each decided on with a button."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.callback_data import Action, unpack
from bot.handlers import readers
from bot.handlers.context import Bot, Context, Desk, Handler, from_admins, on_command, on_press
from bot.locales import Words
from bot.reload import adopting
from bot.reload.adopting import Attached, Decided, Known, Steals
from bot.reload.reloading import Reloader
from bot.rendering import stock_reply
from bot.reply import Reply
from bot.review import reviewing, suggesting
from bot.review.accepted import MOST, Accepted
from bot.review.reviewing import MAX_SHOWN, Decision, Waiting
from bot.sending import acknowledge, edit, send
from bot.store.from_people import Suggestion, SuggestionState
from bot.transport.attempts import once
from knowledge.answerer import Answerer
from knowledge.grouping import groups
from knowledge.outcome import Question

_STATES = {Decision.WANTED: SuggestionState.WANTED, Decision.OFF_TOPIC: SuggestionState.DECLINED}
GROUPED = 200
"""Questions that are sorted into groups and shown, the oldest first; the others come when these are decided on."""
OPTIONS = 3
"""Entries offered for a group."""


def get_handlers(desk: Desk, reloader: Reloader) -> Sequence[Handler]:
    """The handlers. For everybody but admins the buttons do nothing."""
    review = _Review(desk, reloader)

    async def asked(update: Update, message: Message, context: Context) -> None:
        words = (await readers.renderer_for(desk, update)).words
        await send(context.bot, message.chat.id, await review.next_card(words))

    async def pressed(update: Update, query: CallbackQuery, context: Context) -> None:
        await acknowledge(query)
        if desk.is_admin(update) and query.message and query.message.chat.type == ChatType.PRIVATE:
            await review.press(query, (await readers.renderer_for(desk, update)).words, context.bot)

    return [
        on_command("review", asked, from_admins(desk)),
        on_press(pressed, f"^{Action.REVIEW}:"),
    ]


class _Review:
    def __init__(self, desk: Desk, reloader: Reloader) -> None:
        self._desk = desk
        self._store = desk.store
        self._reloader = reloader
        self._accepted = Accepted(desk.store)
        self._grouped: tuple[object, list[list[int]]] | None = None
        """What was grouped last, by numbers, and how: buttons that decide nothing show the same again."""

    async def next_card(self, words: Words, after: int = 0) -> Reply:
        """The first group whose leader came after a number."""
        found = await self._groups()
        group = next((group for group in found if group[0].number > after), None)
        if group is None:
            return stock_reply("review-through" if found else "review-none", words)
        return self._card(await self._among(group[:MAX_SHOWN], found), words)

    async def _again(self, group: Sequence[Suggestion]) -> Waiting:
        """A group that is shown already, with how many there are now."""
        return await self._among(group, await self._groups())

    async def _among(self, group: Sequence[Suggestion], found: Sequence[Sequence[Suggestion]]) -> Waiting:
        waiting = await self._store.open_suggestions()
        whole = waiting <= sum(map(len, found))
        return Waiting(tuple(group), waiting, len(found) if whole else None)

    def _card(self, waiting: Waiting, words: Words, note: str = "") -> Reply:
        first = waiting.group[0]
        answerer = self._desk.conversations.answerer
        ranking = answerer.answer(Question(first.text, first.language)).ranking
        entries = answerer.entries(first.language)
        likeliest = [entries[match.entry_id] for match in ranking.matches[:OPTIONS]]
        return reviewing.card(waiting, likeliest, words, note=note)

    def _choices(self, waiting: Waiting, topic: str, words: Words) -> Reply:
        """All topics, or the entries of one; all entries of a knowledge base without topics."""
        base = self._desk.conversations.answerer.base
        language = base.language_for(waiting.group[0].language)
        topics = [] if topic else list(base.topics[language].values())
        entries = [entry for entry in base.entries[language].values() if entry.topic == topic and not topics]
        return reviewing.card(waiting, entries, words, topics=topics)

    async def _groups(self) -> list[tuple[Suggestion, ...]]:
        """Groups of one language each, in the order of their first ones: of the oldest, as each is compared with all others."""
        waiting = {one.number: one for one in await self._store.suggestions(limit=GROUPED)}
        answerer = self._desk.conversations.answerer
        base = answerer.base  # by its content, for nothing of an old one is to stay in memory
        of = (base.content_hash, base.learned, tuple(waiting))
        if self._grouped is None or self._grouped[0] != of:
            self._grouped = (of, await asyncio.to_thread(_grouped, list(waiting.values()), answerer))
        return [tuple(waiting[number] for number in group) for group in self._grouped[1]]

    async def press(self, query: CallbackQuery, words: Words, bot: Bot) -> None:
        """Do what a button says with the questions that its message shows."""
        payload = unpack(query.data)
        decision = reviewing.decision_of(payload) if payload else None
        if payload is None or decision is None or query.message is None:
            return
        numbers = reviewing.numbers_in((isinstance(query.message, Message) and query.message.text) or "")
        after = max(numbers[:1], default=0)
        match decision:
            case Decision.UNDO:
                await edit(query, await once("undone", lambda: self._undo(numbers, payload.id, words)))
            case Decision.NEXT:
                await edit(query, await self.next_card(words, after))
            case Decision.ELSEWHERE | Decision.TOPIC:
                group = await self._waiting(numbers)
                if group:
                    await edit(query, self._choices(await self._again(group), payload.id, words))
                else:
                    await self._go_on(query, stock_reply("review-gone", words), after, words, bot)
            case Decision.ATTACH:
                said, done = await once("attached", lambda: self._attach(query, numbers, payload.id, words))
                if done:
                    await self._go_on(query, said, after, words, bot)
                else:
                    await edit(query, said)
            case _:
                said = await once("decided", lambda: self._decide(decision, numbers, words))
                await self._go_on(query, said, after, words, bot)

    async def _go_on(self, query: CallbackQuery, said: Reply, after: int, words: Words, bot: Bot) -> None:
        """Say in the place of a card what became of it, and show the next one."""
        await edit(query, said)
        if query.message is not None:
            await send(bot, query.message.chat.id, await self.next_card(words, after))

    async def _waiting(self, numbers: Sequence[int]) -> list[Suggestion]:
        """Those of these questions on which nobody has decided yet."""
        waiting = {one.number: one for one in await self._store.suggestions(limit=MOST)}
        return [waiting[number] for number in numbers if number in waiting]

    async def _decide(self, decision: Decision, numbers: Sequence[int], words: Words) -> Reply:
        group = await self._waiting(numbers)
        if not group:
            return stock_reply("review-gone", words)
        for one in group:
            if decision is Decision.DELETE:
                await self._store.delete_suggestion(one.number)
            else:
                await self._store.resolve_suggestion(one.number, _STATES[decision])
        return reviewing.done(decision, () if decision is Decision.DELETE else group, None, words)

    async def _attach(
        self, query: CallbackQuery, numbers: Sequence[int], entry_id: str, words: Words
    ) -> tuple[Reply, bool]:
        """What to say in the place of the card, and whether the group is done with."""
        group = await self._waiting(numbers)
        base = self._desk.conversations.answerer.base
        language = base.language_for(group[0].language) if group else base.default_language
        entry = base.entries[language].get(entry_id)
        if not group or entry is None:
            return stock_reply("review-gone", words), True
        await edit(query, stock_reply("review-learning", words))
        mine = [one for one in group if one.language == group[0].language]
        match await adopting.attach(self._reloader, self._accepted, mine, entry.id):
            case Attached():
                return reviewing.done(Decision.ATTACH, mine, entry, words), True
            case Decided():
                return stock_reply("review-gone", words), True
            case Known():
                note = words("review-known")
            case Steals(phrasing, owner, thief, others):
                note = words(
                    "review-steals",
                    phrasing=phrasing,
                    entry=self._question(owner, language),
                    thief=self._question(thief, language),
                    others=others,
                )
            case failed:
                note = words("review-failed", reason=failed.reason)
        return self._card(await self._again(group), words, note), False

    def _question(self, entry_id: str, language: str) -> str:
        entry = self._desk.conversations.answerer.base.entry(entry_id, language)
        return entry.question if entry else entry_id

    async def _undo(self, numbers: Sequence[int], entry_id: str, words: Words) -> Reply:
        taken = {
            one.number
            for one in await self._store.suggestions(SuggestionState.TAKEN, limit=MOST)
            if one.entry_id == entry_id
        }
        reopened = [
            await self._store.reopen_suggestion(number, keep=suggesting.KEEP)
            for number in numbers
            if number in taken
        ]
        if not any(reopened):
            return stock_reply("review-gone", words)
        await adopting.unlearn(self._reloader, self._accepted)
        return stock_reply("review-did-undo", words)


def _grouped(waiting: Sequence[Suggestion], answerer: Answerer) -> list[list[int]]:
    by_language: dict[str, list[Suggestion]] = {}
    for one in waiting:
        by_language.setdefault(answerer.base.language_for(one.language), []).append(one)
    found = [
        [ones[place].number for place in group]
        for language, ones in by_language.items()
        for group in groups([one.text for one in ones], answerer.index(language))
    ]
    return sorted(found)
