"""An answer -> Reply within the Bot API's limits. Pure: the same input always gives the same message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.callback_data import ELSEWHERE, Action, pack
from bot.document import Document
from bot.formatting import MAX_NOTE, MAX_TEXT, cut, escape, label, plain
from bot.locales import Words, joined, language_name, languages, words
from bot.reply import Button, Reply, Row
from knowledge.checklist import Checklist
from knowledge.model import Entry, Kind, KnowledgeBase, language_code
from knowledge.texts import split_answer, units

MAX_RELATED: Final = 4
MAX_CLAUSE: Final = 60
"""UTF-16 units of a long message that are quoted back."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders one knowledge base in one language.

    Attributes:
        base: What to show.
        language: The reader's. What isn't translated is shown in the knowledge base's default language.
        words: The bot's own words in it.
        operator: Who runs the bot, as a phrase; empty where unknown.
    """

    base: KnowledgeBase
    language: str
    words: Words
    operator: str = ""

    @classmethod
    def speaking(cls, base: KnowledgeBase, language: str | None, operator: str = "") -> Renderer:
        """The renderer for a reader's language.

        Args:
            base: What to show.
            language: A code such as `es-MX`. One that neither the bot nor the knowledge base speaks gives way to the
                knowledge base's default.
            operator: As in `Renderer`.
        """
        code = language_code(language)
        spoken = code if code in languages() else base.language_for(code)
        return cls(base, spoken, words(spoken), operator)

    @property
    def document(self) -> Document:
        """The document, described in the reader's language."""
        return Document(self.base, self.language, self.words)

    def answer(
        self,
        entry: Entry,
        *,
        folded: bool = False,
        browsing: bool = False,
        clause: str = "",
        also: Entry | None = None,
        again: bool = False,
    ) -> Reply:
        """An entry's answer with its source.

        Args:
            entry: The entry.
            folded: Fold everything after the first sentence away, for group chats.
            browsing: Lead back to the entry's topic instead of on to related entries.
            clause: The part of a long message that this answers; it is quoted.
            also: What else the message is about; its button stands first. An urgent one is pointed out before the
                answer, the second of two questions after it, and another guardrail by its button alone.
            again: An urgent answer that was given before stands: the entry's, which is then given in short, or that of
                `also`, whose first sentence then stands before the answer.
        """
        if again and entry.urgent:
            return self._again(entry)
        first, detail = split_answer(self.filled(entry.answer))
        head = []
        if also and also.urgent:
            head = [self._said_again(also) if again else self._beside("may-be-danger", also)]
        document = self.document
        tail = [
            *self._outside(entry),
            *self.only_in(entry.language),
            document.source_of(entry),
            document.disclaimer_of(entry),
        ]
        if also and also.kind is not Kind.GUARDRAIL:
            tail.insert(0, self._beside("also-asked", also))
        tail = [part for part in tail if part]
        if clause and not entry.urgent:  # nobody in danger is to read what their words were taken for
            quoted = cut(" ".join(clause.split()), MAX_CLAUSE)
            tail.insert(0, f"<i>{escape(self.words('answers-clause', clause=quoted))}</i>")
        room = MAX_TEXT - units(plain("\n\n".join([*head, "", *tail])))
        first = cut(first, room)
        parts = [*head, f"<b>{escape(first)}</b>"]
        detail = cut(detail, room - units(first) - 2)
        if detail:
            shown = escape(detail)
            parts.append(f"<blockquote expandable>{shown}</blockquote>" if folded else shown)
        buttons = self._answer_buttons(entry, browsing=browsing, also=also)
        about = "" if entry.kind is Kind.CHITCHAT else entry.id
        return Reply("\n\n".join([*parts, *tail]), buttons, entry_id=about, language=self.language)

    def _again(self, entry: Entry) -> Reply:
        """An urgent answer once more, which is there some lines above: what to do, and how to go on."""
        words = self.words
        buttons = (
            Button(words("urgent-whole"), pack(Action.SHOW, entry.id)),
            Button(words("urgent-else"), pack(Action.NONE_OF_THESE, ELSEWHERE)),
        )
        text = self.what_to_do(entry) + escape(words("urgent-how", other=words("urgent-else")))
        return Reply(text, tuple((button,) for button in buttons), entry_id=entry.id, language=self.language)

    def _said_again(self, urgent: Entry) -> str:
        first, _ = split_answer(self.filled(urgent.answer))
        return escape(self.words("urgent-first", sentence=cut(first, MAX_NOTE)))

    def _beside(self, name: str, also: Entry) -> str:
        return escape(self.words(name, question=label(also.question)))

    def what_to_do(self, urgent: Entry) -> str:
        """An urgent entry's first sentence, to stand above what follows."""
        first, _ = split_answer(self.filled(urgent.answer))
        return f"<b>{escape(cut(first, MAX_NOTE))}</b>\n\n"

    def not_there(self) -> Reply:
        """A button or link to something that isn't there any more."""
        return Reply(escape(self.words("not-there")), (self.topics_row(),))

    def say(self, name: str) -> Reply:
        """As `stock_reply`, in the reader's language."""
        return stock_reply(name, self.words)

    def with_note(self, text: str, *buttons: tuple[Button, ...]) -> Reply:
        """A text, with a word on the language of the answers where it isn't the reader's."""
        if not self.base.entries.get(self.language):
            name = language_name(self.base.default_language, self.words.language)
            text = "\n\n".join([text, self.words("answers-only-in", language=name)])
        return Reply(escape(text), buttons)

    def filled(self, text: str) -> str:
        """A curator's text with its placeholders filled in."""
        names = joined(tuple(self.base.entries), self.words.language)
        operator = self.operator or self.words("nobody-named")
        return text.replace("{operator}", operator).replace("{languages}", names)

    def _outside(self, entry: Entry) -> list[str]:
        if not entry.outside:
            return []
        mark = escape(self.words("outside-mark", document=self.document.called()))
        return [f"<i>{mark}</i> {escape(cut(self.filled(entry.outside), MAX_NOTE))}"]

    def only_in(self, language: str) -> list[str]:
        """A word on a text in another language than the reader's; none where it is theirs."""
        if language == self.language:
            return []
        return [escape(self.words("only-in", language=language_name(language, self.words.language)))]

    def related(self, ids: Sequence[str]) -> list[Entry]:
        """The entries with these ids, as many as are offered; those that there aren't are left out."""
        found = [self.base.entry(id_, self.language) for id_ in ids[:MAX_RELATED]]
        return [entry for entry in found if entry]

    def checklist(self) -> Checklist | None:
        """The checklist in the reader's language, or else in the default one; None where there is none."""
        return self.base.checklist_for(self.language)

    def entries(self) -> list[Entry]:
        """All entries, in the reader's language where they are translated."""
        return list(self.base.entries_for(self.language).values())

    def topics_row(self) -> tuple[Button, ...]:
        """The row with the way to all topics."""
        return (Button(self.words("topics-button"), pack(Action.TOPICS), heard=self.words("typed-topics")),)

    def sources_row(self, entry: Entry) -> tuple[Row, ...]:
        """The row with the way to what an answer rests on; none where no passage is cited."""
        if not any(cite in self.base.passages for cite in entry.cites):
            return ()
        heard = self.words("typed-sources")
        return ((Button(self.words("sources-button"), pack(Action.SOURCES, entry.id), heard=heard),),)

    def _answer_buttons(
        self, entry: Entry, *, browsing: bool, also: Entry | None
    ) -> tuple[tuple[Button, ...], ...]:
        rows: list[tuple[Button, ...]] = []
        if not browsing:
            shown = dict.fromkeys(e for e in (also, *self.related(entry.related)) if e)
            # "Yes" says yes to what the text asks or urges, and there is no word of a mere button in it.
            spoken_of = also if also and (also.urgent or also.kind is not Kind.GUARDRAIL) else None
            yes = self.words("typed-yes")
            rows += [
                (Button(label(e.question), pack(Action.SHOW, e.id), heard=yes if e is spoken_of else ""),)
                for e in shown
            ]
        rows += self.sources_row(entry)
        topic = self.base.topics_for(self.language).get(entry.topic)
        if browsing:
            heard = self.words("checklist-heard-back")
            if topic:
                back = self.words("back-to-topic", topic=label(topic.title))
                rows.append((Button(label(back), pack(Action.TOPIC, topic.id), heard=heard),))
            else:
                rows.append((Button(self.words("back-to-topics"), pack(Action.TOPICS), heard=heard),))
        return tuple(rows)


def stock_reply(name: str, words: Words) -> Reply:
    """A message of the catalogue that needs nothing filled in."""
    return Reply(escape(words(name)))


def leads_to(entry: Entry) -> Row:
    """A button for an entry's answer, in a row of its own."""
    return (Button(label(entry.question), pack(Action.SHOW, entry.id)),)


def noted(reply: Reply, note: str) -> Reply:
    """A reply with a line below it, where there is room for it."""
    html = f"{reply.html}\n\n<i>{escape(note)}</i>"
    return replace(reply, html=html) if units(plain(html)) <= MAX_TEXT else reply
