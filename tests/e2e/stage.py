"""Plays a conversation's file: people write and press, the bot answers, and each step compares."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from knowledge.answerer import Answerer
from knowledge.outcome import Clarify, Match
from tests.e2e.expectations import Seen, faults, labels, listed, same_label
from tests.e2e.happenings import SEEN, befall, query_faults

if TYPE_CHECKING:
    from knowledge.outcome import Question
    from knowledge.verdict import Verdict
    from tests.e2e.running import RunningBot
    from tests.fake_bot_api import ChatActor, Message, Query, UserActor

NOTHING: Final = "nothing"
_ACTIONS: Final = (
    "follows",
    "says",
    "starts",
    "sends",
    "presses",
    "presses_again",
    "forges",
    "edits",
    "posts",
)
_GROUP_ACTIONS: Final = ("happens", "types", "mentions", "hands_on")
_SEEN: Final = {*SEEN, "gone", "unanswered", "stored"}
_STEP: Final = {
    *_ACTIONS,
    *_GROUP_ACTIONS,
    *_SEEN,
    "who",
    "chat",
    "topic",
    "as",
    "to",
    "quoting",
    "via",
    "album",
    "at_once",
    "from",
    "expect",
}
_STEP_CORE: Final = {
    "unsure_between",
    "in_context_of",
    "message_is_gone",
    "fills_the_message",
    "counts",
    "kept",
}
LONGEST: Final = 4096
"""Characters that somebody's message can have."""


class Prompted(Answerer):
    """The real core, told by a test of which questions it isn't sure; notes the context it was given."""

    def __init__(self, real: Answerer) -> None:
        self.__dict__.update(real.__dict__)
        self.unsure: dict[str, list[str]] = {}
        self.contexts: list[str | None] = []

    def answer(self, question: Question) -> Verdict:
        self.contexts.append(question.previous)
        verdict = super().answer(question)
        if options := self.unsure.get(question.text):
            matches = tuple(Match(option, 0.5, 0.3, 0.5, option) for option in options)
            return replace(verdict, outcome=Clarify(matches))
        return verdict


@dataclass
class Stage:
    """The people and chats of one conversation.

    Attributes:
        people: First name (as steps use it) -> settings such as `language` and `name`.
        chats: Title -> settings: `kind` (group, supergroup, forum or channel), `admins`, and `bot: administrator`,
            which lets the bot see everything.
    """

    bot: RunningBot
    core: Prompted
    people: dict[str, dict[str, Any]]
    chats: dict[str, dict[str, Any]]
    actors: dict[str, UserActor] = field(default_factory=dict)
    places: dict[str, ChatActor] = field(default_factory=dict)
    last: dict[tuple[int, str], Message] = field(default_factory=dict)
    """(chat, who) -> their last message there; the bot is `bot`."""
    pressed: tuple[Message, str] | None = None
    mark: int = 0

    async def play(self, step: dict[str, Any]) -> None:
        """Do what a step says, wait until the bot is done, and compare what it said."""
        unknown = step.keys() - _STEP - _STEP_CORE
        assert not unknown, f"a step has no {unknown}"
        parts: list[dict[str, Any]] = step.get("at_once", [step])
        before = dict(self.last)
        self.core.contexts.clear()
        asked: list[Message | None] = []
        queries: list[Query] = []
        for part in parts:
            done = self._act(part)
            asked.append(done[0])
            queries += [done[1]] if done[1] else []
        deleted = len(self._deleted())
        await self.bot.settled()
        waiting = [query for query in queries if query.answer is None]
        assert bool(waiting) == bool(step.get("unanswered")), "a pressed button must stop its spinner"
        gone = len(self._deleted()) - deleted
        assert gone == step.get("gone", 0), f"{gone} messages are gone: {self._deleted()}"
        seen = query_faults(step, queries, self.core.base)
        assert not seen, "\n".join(seen)
        self._compare(step.get("expect", NOTHING), before, asked)
        if "counts" in step:
            counted = {f"{c.entry_id} {c.verdict}": c.count for c in await self.bot.worker.store.feedback()}
            assert counted == step["counts"], f"counted is {counted}"
        if "stored" in step:
            place = self._place(step["chat"])
            stored = await self.bot.worker.store.chat_settings(place.id)
            assert stored == step["stored"], f"stored is {stored}"
        if "kept" in step:
            kept = [suggestion.text for suggestion in await self.bot.worker.store.suggestions()]
            assert kept == step["kept"], f"kept is {kept}"
        if "in_context_of" in step:
            wanted = None if step["in_context_of"] == NOTHING else step["in_context_of"]
            # In groups a message is looked at by itself first, for what is urgent.
            assert self.core.contexts[-1:] == [wanted], f"the context was {self.core.contexts}"

    def _compare(
        self,
        expect: str | list[dict[str, Any]],
        before: dict[tuple[int, str], Message],
        asked: list[Message | None],
    ) -> None:
        wanted: list[dict[str, Any]] = [] if expect == NOTHING else listed(expect)
        said = self._news()
        shown = [message.content for message in said]
        assert len(said) == len(wanted), f"{len(wanted)} messages expected, {len(said)} came: {shown}"
        for message, item in zip(said, wanted, strict=True):
            own = next((m for m in asked if m is not None and m.chat is message.chat), None)
            previous = before.get((message.chat.id, "bot"))
            told = dict(item)
            place = told.pop("chat", None)
            chat = self._place(place).chat if place else own.chat if own else message.chat
            assert message.chat is chat, (
                f"{message.content!r} went to {message.chat.title or 'a private chat'}"
            )
            if (written := self.last.get((chat.id, str(told.get("replies_to"))))) is not None:
                told["replies_to"] = written
            edited = message is previous
            found = faults(Seen(message, previous, own, edited, self.core.base), told)
            assert not found, "\n".join(found)

    def _deleted(self) -> list[str]:
        """The bot's messages that were deleted."""
        chats = self.bot.api.world.chats.values()
        return [m.content for chat in chats for m in chat.messages.values() if m.by_bot and m.deleted]

    def _news(self) -> list[Message]:
        """What the bot sent or edited since the last look, in that order."""
        api, ids = self.bot.api, {actor.id for actor in self.actors.values()}
        ids |= {place.id for place in self.places.values()}
        news = [message for chat in ids for message in api.sent(chat) if message.touched > self.mark]
        news.sort(key=lambda message: message.touched)
        for message in news:
            self.last[message.chat.id, "bot"] = message
            self.mark = message.touched
        return news

    def _person(self, name: str) -> UserActor:
        if name not in self.actors:
            told = self.people.get(name, {})
            self.actors[name] = self.bot.api.user(
                told.get("name", name),
                language_code=told.get("language", "en"),
                is_bot=told.get("bot", False),
            )
        return self.actors[name]

    def _place(self, title: str) -> ChatActor:
        if title not in self.places:
            told, api = self.chats[title], self.bot.api
            role = told.get("bot", "member")
            if told["kind"] == "group":
                place = api.group(title, bot=role)
            elif told["kind"] == "channel":
                place = api.channel(title, bot=role)
            else:
                place = api.supergroup(title, bot=role, forum=told["kind"] == "forum")
            self.places[title] = place
            for name in told.get("admins", []):
                place.add_member(self._person(name), "administrator")
        return self.places[title]

    def _act(self, step: dict[str, Any]) -> tuple[Message | None, Query | None]:
        if "unsure_between" in step:
            self.core.unsure[step["says"]] = step["unsure_between"]
        place = self._place(step["chat"]) if "chat" in step else None
        if "posts" in step:
            assert place is not None
            return place.posts(step["posts"]), None
        who = None if step.get("as") else self._person(step["who"])
        chat_id = place.id if place else who.id if who else 0
        if not step.keys().isdisjoint(_GROUP_ACTIONS):
            return self._happens(step, place, who)
        if {"presses", "presses_again", "forges"} & step.keys():
            assert who is not None
            return None, self._press(who, chat_id, step)
        if "edits" in step:
            assert who is not None
            return who.edits(self.last[chat_id, step["who"]], step["edits"]), None
        if "follows" in step:
            step = {**step, "starts": self._payload(self._place(step["from"]).id, step["follows"])}
        written = self._write(who, place, chat_id, step)
        self.last[chat_id, step.get("who", "the admin")] = written
        return written, None

    def _happens(
        self, step: dict[str, Any], place: ChatActor | None, who: UserActor | None
    ) -> tuple[Message | None, Query | None]:
        if "hands_on" in step:
            assert place is not None
            post = place.channel_hands_on(self._place(step["as"]), step["hands_on"])
            self.last[place.id, step["as"]] = post
            return post, None
        if "happens" in step:
            assert place is not None
            self.places[step["chat"]] = befall(place, step["happens"], who)
            return None, None
        assert who is not None
        if "types" in step:
            return None, who.asks_inline(step["types"])
        return None, who.mentions_guest(step["mentions"])

    def _write(
        self, who: UserActor | None, place: ChatActor | None, chat_id: int, step: dict[str, Any]
    ) -> Message:
        text = f"/start {step['starts']}".strip() if "starts" in step else step.get("says")
        if text and step.get("fills_the_message"):
            text = (text * LONGEST)[:LONGEST]
        answered = self.last[chat_id, step["to"]] if "to" in step else None
        thread = None
        if "topic" in step:
            assert place is not None
            topics = {topic.name: topic for topic in place.chat.topics.values()}
            thread = topics.get(step["topic"]) or place.topic(step["topic"])
        if who is None:
            assert place is not None
            if step["as"] == "anonymous admin":
                return place.anonymous_admin_sends(text or "", reply_to=answered, thread=thread)
            return place.channel_sends(self._place(step["as"]), text or "", reply_to=answered)
        fields: dict[str, Any] = {}
        if "quoting" in step:
            fields["quote"] = {"text": step["quoting"], "position": 0, "is_manual": True}
        if "album" in step:
            fields["media_group_id"] = step["album"]
        if "via" in step:
            fields["via_bot"] = self.bot.api.user(step["via"], is_bot=True, username=step["via"]).user.json()
        return who.sends(
            text, chat=place, reply_to=answered, thread=thread, media=step.get("sends"), **fields
        )

    def _payload(self, chat_id: int, wanted: str) -> str:
        """What a button that leads into the private chat hands over there."""
        (label,) = labels(self.core.base, wanted)
        url = str(self.last[chat_id, "bot"].button(label)["url"])
        return parse_qs(urlsplit(url).query)["start"][0]

    def _press(self, who: UserActor, chat_id: int, step: dict[str, Any]) -> Query:
        if "presses_again" in step:
            assert self.pressed is not None, "nothing was pressed before"
            message, data = self.pressed
        else:
            message = self.last[chat_id, "bot"]
            data = step.get("forges") or self._data(message, step["presses"])
        message.deleted = message.deleted or bool(step.get("message_is_gone"))
        self.pressed = message, data
        return who.press(message, data=data)

    def _data(self, message: Message, wanted: str) -> str:
        (label,) = labels(self.core.base, wanted)
        shown = [text for row in message.buttons for text in row if same_label(text, label)]
        assert len(shown) == 1, f"no one button {label!r} among {message.buttons}"
        return str(message.button(shown[0])["callback_data"])
