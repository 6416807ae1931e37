"""What the bot says in groups: an answer with its rows of buttons, the introduction when it is added. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot import about, deep_links
from bot.callback_data import Action, pack, unpack
from bot.formatting import MAX_TITLE, cut, escape
from bot.groups.group_settings import GroupSettings, Length, Mode
from bot.rendering import Renderer, leads_to, noted
from bot.reply import Button, Reply, Row
from knowledge.model import Entry, Kind
from knowledge.texts import split_answer

MAX_RELATED: Final = 2
"""Related questions under an answer: a group's screen is everybody's, and the private chat has them all."""
_TITLE_IN_INTRODUCTION: Final = 200
"""UTF-16 units of the advisory's title in the one message that tells a group what the bot is for."""


@dataclass(frozen=True, slots=True)
class GroupReplies:
    """What the bot says in one group.

    Attributes:
        renderer: Speaks the group's language.
        settings: The group's.
        username: The bot's.
        person: Who asked for the reply, and may have it removed.
    """

    renderer: Renderer
    settings: GroupSettings
    username: str
    person: int = 0

    def answer(
        self,
        entry: Entry,
        *,
        clause: str = "",
        also: Entry | None = None,
        browsing: bool = False,
        again: bool = False,
    ) -> Reply:
        """An entry's answer as the settings want it; arguments as for `Renderer.answer`."""
        # A guardrail's first sentence may be "Call an ambulance", but its detail is what keeps people safe.
        if self.settings.length is Length.FIRST and entry.kind is not Kind.GUARDRAIL:
            first, _ = split_answer(entry.answer)
            entry = replace(entry, answer=first)
        entry = replace(entry, related=entry.related[:MAX_RELATED])
        reply = self.renderer.answer(
            entry, folded=True, clause=clause, also=also, browsing=browsing, again=again
        )
        return self._leading_on(reply, entry)

    def removable(self, reply: Reply) -> Reply:
        """A reply with the button that removes it."""
        return removable(reply, self.renderer, self.person)

    def _leading_on(self, reply: Reply, entry: Entry) -> Reply:
        """The reply with the way to the private chat, beside what the source says where that is shown."""
        private = self._private(entry.id)
        *rows, last = reply.buttons or ((),)
        if private and [button.data for button in last] == [pack(Action.SOURCES, entry.id)]:
            return replace(reply, buttons=(*rows, (*last, *private[0])))
        return reply.with_rows(private)

    def unasked(self, reply: Reply) -> Reply:
        """An answer that nobody asked for: it says so, and comes without a sound."""
        return replace(noted(reply, self.renderer.words("unasked-note")), silent=True)

    def help(self) -> Reply:
        """What the bot does in this group."""
        words = self.renderer.words
        mode = words(f"help-group-{self.settings.mode}")
        return Reply(escape(f"{words('help-group', username=self.username)} {mode}"))

    def told(self, entry: Entry) -> Reply:
        """To who tells others of a danger and asks nothing: where to call, in a line, and the way to the rest."""
        return Reply(self.renderer.what_to_do(entry).strip(), (leads_to(entry),), entry_id=entry.id)

    def declined(self, reply: Reply) -> Reply:
        """That there is no answer, with a word on how the bot is asked here."""
        return noted(reply, self.renderer.words(f"decline-group-{self.settings.mode}"))

    def hushed(self, *, admin: bool) -> Reply:
        """To who wants the bot to be quiet: who can make it so; for who can, the button."""
        words = self.renderer.words
        button = Button(words("settings-button-mode-quiet"), pack(Action.SETTING, f"mode-{Mode.QUIET}"))
        text = words("hush-admin" if admin else "hush", quiet=button.text)
        return Reply(escape(text), ((button,),) if admin else ())

    def only_text(self) -> Reply:
        """To /ask as a reply to what has no words in it."""
        return Reply(escape(self.renderer.words("only-text-group"))).with_rows(self._private())

    def how_to_ask(self) -> Reply:
        """How to use /ask, in a line."""
        return about.ask_how(self.renderer, group=True).with_rows(self._private())

    def brief(self, reply: Reply) -> Reply:
        """A word on an answer: with few of the ways on from there, since all of them stand under the answer."""
        payloads = {data: unpack(data) for row in reply.buttons for data in (row[0].data,)}
        related = [d for d, payload in payloads.items() if payload and payload.action is Action.SHOW]
        shown = {*related[:MAX_RELATED]}
        rows = tuple(row for row in reply.buttons if row[0].data in shown)
        return replace(reply, buttons=rows).with_rows(self._private(reply.entry_id))

    def above(self, entry: Entry, link: str) -> Reply:
        """Instead of an answer that stands a few messages further up: what it says in a sentence, and where it is.

        Args:
            entry: The entry that answers.
            link: To the message; empty where messages have none, and this one is sent as a reply to it.
        """
        rows = ((Button(self.renderer.words("above-button"), url=link),),) if link else ()
        return self._said(entry, "in-short", rows)

    def no_more(self, entry: Entry) -> Reply:
        """To who replies to an answer with what that answer is all there is on."""
        return self._said(entry, "no-more")

    def _said(self, entry: Entry, name: str, rows: tuple[Row, ...] = ()) -> Reply:
        """An answer that stands there already in a sentence, in the words of a message of the catalogue."""
        first, _ = split_answer(self.renderer.filled(entry.answer))
        if entry.kind is Kind.GUARDRAIL:  # to say it again would accuse who protests against it
            text = self.renderer.words("no-more-guardrail")
        else:
            text = self.renderer.words(name, sentence=cut(first, MAX_TITLE))
        return Reply(escape(text), rows, entry_id=entry.id, language=self.renderer.language)

    def missed(self) -> Reply:
        """To who says that the answer isn't what they asked, where nothing else may be meant."""
        return Reply(escape(self.renderer.words("missed-group"))).with_rows(self._private())

    def _private(self, entry_id: str = "") -> tuple[Row, ...]:
        """The row that leads on to the private chat; none where the group doesn't want it."""
        if not self.settings.private:
            return ()
        link = deep_links.to_entry(self.username, entry_id)
        return ((Button(self.renderer.words("private-button"), url=link),),)


def removable(reply: Reply, renderer: Renderer, person: int) -> Reply:
    """A reply with a button under it by which the one who asked for it, and admins, take it away.

    Args:
        reply: The reply.
        renderer: Which has rendered it.
        person: Who asked for it.
    """
    data = pack(Action.REMOVE, str(person), renderer.language)
    return reply.with_rows(((Button(renderer.words("remove-button"), data),),))


def folded(reply: Reply) -> Reply:
    """A long message with all but its first paragraph folded away, so that it doesn't fill a group's screen."""
    first, _, rest = reply.html.partition("\n\n")
    return replace(reply, html=f"{first}\n\n<blockquote expandable>{rest}</blockquote>") if rest else reply


def introduction(renderer: Renderer, username: str, *, hears: bool) -> Reply:
    """What the bot does, what it can read and how to quiet it, for a group that it was added to.

    Args:
        renderer: Speaks the language of who added it.
        username: The bot's.
        hears: Whether Telegram shows the bot all messages of the group.
    """
    parts = [
        renderer.words(
            "group-introduction",
            title=cut(renderer.base.advisory.title, _TITLE_IN_INTRODUCTION),
            username=username,
        ),
        renderer.words("group-hears-all" if hears else "group-hears-little"),
        renderer.words("group-quieting"),
    ]
    return Reply(escape(" ".join(parts)))
