"""`advisory-bot chat`: the bot in a terminal, with the same answering code as on Telegram."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Final

from bot import about, browsing, checklists
from bot.answering import Conversations
from bot.callback_data import Action, unpack
from bot.commands.ask import opened
from bot.formatting import plain
from bot.rendering import Renderer
from bot.reply import Reply
from bot.typed import chosen
from knowledge.answerer import Answerer
from knowledge.checklist import Walk
from knowledge.model import Answer, Clarify, Entry, Question

_WIDTH: Final = 88
_CONVERSATION: Final = "terminal"


def chat(*, knowledge: Path | None = None, language: str | None = None) -> int:
    """Talk until the end of input."""
    answerer, loaded = opened(knowledge)
    terminal = _Terminal(answerer, language, loaded.operator)
    terminal.show(plain(about.greeting(terminal.renderer).html))
    if sys.stdin.isatty():
        terminal.show(
            "(Here, a number chooses what is offered; /topics, /checklist, /sources, /help; Ctrl-D leaves.)"
        )
    while True:
        try:
            line = input("\n> " if sys.stdin.isatty() else "")
        except EOFError:
            if sys.stdin.isatty():
                print()
            return 0
        terminal.hear(line.strip())


class _Terminal:
    def __init__(self, answerer: Answerer, language: str | None, operator: str) -> None:
        self._answerer = answerer
        self._operator = operator
        self._speak(language)
        self._conversations = Conversations(answerer)
        self._offered: list[Entry] = []
        self._topics: list[str] = []
        self._walk: Walk | None = None
        self._step = Reply("")

    def _speak(self, language: str | None) -> None:
        self.renderer = Renderer.speaking(self._answerer.base, language, self._operator)
        self.language = self.renderer.language

    def show(self, text: str) -> None:
        print()
        for paragraph in text.split("\n"):
            print(textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False))

    def hear(self, text: str) -> None:
        if not text:
            return
        if self._walk is not None and self._responded(text):
            return
        if text.isdigit() and (self._offered or self._topics):
            self._choose(int(text))
        elif text.startswith("/"):
            self._command(text.split(maxsplit=1)[0])
        else:
            self._ask(text)

    def _responded(self, text: str) -> bool:
        """Go on with the checklist, if that is what was typed; anything else is a question in between."""
        buttons = [button for row in self._step.buttons for button in row]
        button = chosen(text, buttons)
        payload = unpack(button.data) if button else None
        checklist = self.renderer.checklist()
        if payload is None or payload.action is not Action.CHECKLIST or checklist is None:
            return False
        self._show_step(Walk.read(checklist, payload.id))
        return True

    def _show_step(self, walk: Walk | None) -> None:
        """Show where somebody is; after the end, only what its buttons say leads back."""
        self._walk = walk
        if walk is None:
            self.show(plain(checklists.none(self.renderer).html))
            return
        self._step = checklists.step(self.renderer, walk)
        self.show(plain(self._step.html))

    def _ask(self, text: str) -> None:
        verdict = self._conversations.answer(Question(text, self.language), _CONVERSATION)
        self._speak(self._answerer.reply_language(verdict, self.language))
        self._step = Reply("")  # from now on a "yes" belongs to something else, until /checklist
        entries = self._answerer.base.entries_for(self.language)
        match verdict.outcome:
            case Answer(match, also):
                second = entries[also.entry_id] if also else None
                self._answer(entries[match.entry_id], verdict.ranking.clause, second)
            case Clarify(matches):
                self._offer("did-you-mean", [entries[m.entry_id] for m in matches])
            case _:
                self._offered = []
                self.show(plain(self.renderer.decline().html) + " (/topics)")

    def _answer(self, entry: Entry, clause: str = "", also: Entry | None = None) -> None:
        self.show(self.renderer.plain_answer(entry, clause=clause, also=also))
        related = [self._answerer.base.entry(r, self.language) for r in entry.related]
        self._offer("", list(dict.fromkeys(e for e in (also, *related) if e)))

    def _offer(self, title: str, entries: list[Entry]) -> None:
        self._offered, self._topics = entries, []
        lines = [f"  {number}. {entry.question}" for number, entry in enumerate(entries, 1)]
        heading = [self.renderer.words(title)] if title else []
        if lines:
            self.show("\n".join([*heading, *lines]))

    def _choose(self, number: int) -> None:
        if 1 <= number <= len(self._topics):
            self._offer("", browsing.in_topic(self.renderer, self._topics[number - 1]))
        elif 1 <= number <= len(self._offered):
            entry = self._offered[number - 1]
            self._conversations.remember(_CONVERSATION, entry.id)
            self._answer(entry)
        else:
            self.show(self.renderer.words("not-there"))

    def _command(self, command: str) -> None:
        checklist = self.renderer.checklist()
        if command == "/checklist":
            self._show_step(self._walk or (Walk(checklist) if checklist else None))
        elif command == "/topics":
            topics = list(self._answerer.base.topics_for(self.language).values())
            self._topics = [topic.id for topic in topics]
            lines = [f"  {number}. {topic.title}" for number, topic in enumerate(topics, 1)]
            self.show("\n".join([self.renderer.words("topics-title"), *lines]))
        elif command == "/sources":
            last = self._conversations.last(_CONVERSATION)
            entry = self._answerer.base.entry(last or "", self.language)
            self.show(plain(about.sources(self.renderer, entry).html))
        else:
            self.show(plain(about.help_(self.renderer).html))
