"""`advisory-bot chat`: the bot in a terminal, with the same answering code as on Telegram."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot import about, browsing, checklists, language_menu, mistyped, private_replies, remarks
from bot.answering import MEMORY_MINUTES, Conversations
from bot.callback_data import ELSEWHERE, Action, Payload
from bot.checklists import Way
from bot.commands.ask import opened
from bot.formatting import escape, plain
from bot.locales import language_called
from bot.private_replies import NOTHING, PrivateReplies
from bot.remark import OFFERS_NOTHING, Remark, relief_in
from bot.rendering import Renderer
from bot.reply import Reply
from bot.typed import Cited, heard, remembered
from knowledge.answerer import Answerer
from knowledge.outcome import Question

_WIDTH: Final = 88
_CONVERSATION: Final = "terminal"
_READY: Final = "(Getting ready. Where a knowledge base has to be learned first, that takes up to a minute.)"
_HOW: Final = "(Here, a number presses the button that has it; /help tells the commands; Ctrl-D leaves.)"


def chat(*, knowledge: Path | None = None, language: str | None = None) -> int:
    """Talk until the end of input."""
    if sys.stdin.isatty():
        print(_READY, file=sys.stderr)
    answerer, loaded = opened(knowledge)
    terminal = _Terminal(answerer, language, loaded.operator)
    terminal.hear("/start")
    if sys.stdin.isatty():
        print(f"\n{_HOW}")
    while True:
        try:
            line = input("\n> " if sys.stdin.isatty() else "")
        except EOFError:
            if sys.stdin.isatty():
                print()
            return 0
        terminal.hear(line.strip())


class _Terminal:
    """One conversation: what is typed is a command, a button of the last reply, a remark or a question."""

    def __init__(self, answerer: Answerer, language: str | None, operator: str) -> None:
        self._answerer = answerer
        self._operator = operator
        self._first = language
        self._chosen: str | None = None
        self._speak(language)
        self._conversations = Conversations(answerer)
        self._shown = NOTHING
        self._way: Way | None = None
        """How far the checklist has gone."""

    def _speak(self, language: str | None) -> None:
        self._language = language
        self._renderer = Renderer.speaking(self._answerer.base, language, self._operator)

    def hear(self, text: str) -> None:
        """Say what there is to say to a line; nothing to an empty one."""
        if not text:
            return
        if text.startswith("/") and not text.startswith("/ "):
            self._say(self._commanded(*text.split(maxsplit=1)))
            return
        if name := mistyped.command_in(text):
            self._say(mistyped.reply(self._renderer, name))
            return
        meant = heard(
            text,
            self._shown,
            urgent=self._conversations.is_urgent(_CONVERSATION),
            alarmed=self._conversations.is_alarmed(_CONVERSATION),
            passages=self._answerer.base.passages,
            checklists={checklist.title for checklist in self._answerer.base.checklists.values()},
        )
        if isinstance(meant, Payload):
            self._say(self._forgotten() if meant.action is Action.FORGET else self._pressed(meant))
        elif isinstance(meant, Cited):
            self._print(about.cited(self._renderer, meant.ids))
        elif meant is not None:
            self._remarked(meant)
        elif text.isdecimal() and any(self._shown.buttons):
            self._print(self._no_such_number())
        else:
            self._say(self._answered(text))

    def _no_such_number(self) -> Reply:
        count = sum(bool(button.data) for row in self._shown.buttons for button in row)
        return Reply(escape(self._renderer.words("no-such-number", count=count)))

    def _remarked(self, remark: Remark) -> None:
        if relief := relief_in(remark):
            self._conversations.relieved(_CONVERSATION, relief)
        elif remark is Remark.MISSED:
            self._conversations.missed(_CONVERSATION)
        if remark is Remark.LEAVE:
            self._say(checklists.left(self._renderer, self._begun))
            self._way = replace(self._way, left=True) if self._way else None
            return
        reply = remarks.reply(remark, self._renderer, self._shown)
        # What was offered before a nod still is.
        (self._print if remark in OFFERS_NOTHING else self._say)(reply)

    @property
    def _begun(self) -> str:
        """The code of the walk through the checklist; empty for none."""
        return self._way.code if self._way else ""

    def _say(self, reply: Reply) -> None:
        self._shown = remembered(reply, self._shown)
        self._print(reply)

    def _print(self, reply: Reply) -> None:
        buttons = [button for row in reply.buttons for button in row]
        numbered = enumerate((button for button in buttons if button.data), 1)
        lines = [f"  {number}. {button.text}" for number, button in numbered]
        lines += [f"  {button.text}: {button.url}" for button in buttons if button.url]
        width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns)
        print()
        for paragraph in "\n".join([plain(reply.html), *lines]).split("\n"):
            print(textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=False))

    def _answered(self, text: str) -> Reply:
        before = self._conversations.talk(_CONVERSATION)
        verdict = self._conversations.answer(Question(text, self._language), _CONVERSATION)
        if self._chosen is None:
            self._speak(self._answerer.reply_language(verdict, self._language))
        replies = PrivateReplies(self._renderer, before.grave)
        pick = private_replies.picked(text, verdict, self._answerer, self._shown)
        if pick:  # a choice, and no question
            self._conversations.go_back(_CONVERSATION, before)
            self._conversations.show(private_replies.chosen_entry(pick.button), _CONVERSATION)
            reply = private_replies.reply_to_pick(pick, verdict, self._answerer, replies)
        else:
            reply = private_replies.reply(verdict, self._answerer, replies, self._shown) or NOTHING
        if self._way is None or self._way.left:
            return reply
        unheard = checklists.unheard(text, verdict, self._answerer.entries(verdict.language))
        reply, way = checklists.on_the_way(
            self._renderer, reply, self._way, shown=self._shown, unheard=unheard
        )
        return self._come_to(reply, way)

    def _pressed(self, payload: Payload) -> Reply:
        if payload.action is Action.CHECKLIST:
            return self._step(payload.id or self._begun)
        if payload.action is Action.LANGUAGE:
            # "In Spanish, please" after an answer asks for that answer.
            return self._in_language(payload.id, self._shown.entry_id)
        if payload.action is Action.NONE_OF_THESE:
            self._conversations.none_meant(_CONVERSATION, safe=payload.id == ELSEWHERE)
        if listed := browsing.listed(self._renderer, payload):
            return listed
        looks = payload.action in (Action.BROWSE, Action.SOURCES)
        show = self._conversations.browse if looks else self._conversations.show
        entry = show(payload.id, _CONVERSATION, self._renderer.language)
        if entry is None:
            return self._renderer.not_there()
        if payload.action is Action.SOURCES:
            return about.sources(self._renderer, entry)
        return self._renderer.answer(entry, browsing=payload.action is Action.BROWSE)

    def _in_language(self, code: str, entry_id: str = "") -> Reply:
        self._chosen = code or None
        self._speak(code or self._first)
        if entry_id:
            return self._pressed(Payload(Action.SHOW, entry_id))
        return language_menu.chosen(self._renderer, automatic=not code)

    def _step(self, code: str) -> Reply:
        """A step of the checklist, the first one without a code; the end has nothing to go on with."""
        return self._come_to(*checklists.at(self._renderer, code))

    def _come_to(self, reply: Reply, way: Way | None) -> Reply:
        self._way = way
        self._conversations.moved_on(_CONVERSATION)
        if way is None:
            self._conversations.remember(_CONVERSATION, checklists.entry_after(self._renderer))
        return reply

    def _commanded(self, command: str, rest: str = "") -> Reply:
        replies: dict[str, Callable[[], Reply]] = {
            "/start": lambda: about.greeting(self._renderer).with_rows(checklists.offer(self._renderer)),
            "/ask": lambda: self._answered(rest) if rest else about.ask_how(self._renderer, group=False),
            "/help": lambda: about.help_(self._renderer),
            "/topics": lambda: browsing.topics(self._renderer),
            "/checklist": lambda: self._step(self._begun),
            "/sources": self._sources,
            "/language": lambda: self._language_called(rest),
            "/privacy": lambda: about.privacy(self._renderer, MEMORY_MINUTES, checklists.MEMORY_MINUTES),
            "/forget": self._forgotten,
        }
        reply = replies.get(command.casefold())
        return reply() if reply else mistyped.reply(self._renderer, command.removeprefix("/"))

    def _sources(self) -> Reply:
        last = self._conversations.last(_CONVERSATION) or ""
        return about.sources(self._renderer, self._answerer.base.entry(last, self._renderer.language))

    def _language_called(self, name: str) -> Reply:
        code = language_called(name)
        return self._in_language(code) if code else language_menu.menu(self._renderer)

    def _forgotten(self) -> Reply:
        counts = {
            "settings": int(self._chosen is not None),
            "remembered": self._conversations.forget(lambda _: True),
            "checklist": int(self._way is not None),
            "offers": int(any(self._shown.buttons)),
        }
        self._way, self._shown, self._chosen = None, NOTHING, None
        self._speak(self._first)
        return about.forgotten(self._renderer, counts)
