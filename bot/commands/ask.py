"""`advisory-bot ask`: one answer, or one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from bot import private_replies, settings, unanswered
from bot.answering import Conversations
from bot.callback_data import unpack
from bot.choices import chosen
from bot.explaining import explanation
from bot.formatting import plain
from bot.locales import is_language
from bot.opening import open_answerer
from bot.private_replies import NOTHING, PrivateReplies
from bot.rendering import Renderer
from bot.reply import Button, Reply
from knowledge import files
from knowledge.answerer import Answerer
from knowledge.calibration import Targets
from knowledge.model import Entry
from knowledge.outcome import Answer, Clarify, Decline, Question
from knowledge.problems import did_you_mean
from knowledge.talk import Talk
from knowledge.verdict import Verdict


def opened(knowledge: Path | None) -> tuple[Answerer, settings.Settings]:
    """The knowledge base that the command line or the environment names, and the settings."""
    loaded = settings.load()
    path = knowledge or loaded.knowledge_dir
    targets = Targets(off_topic=loaded.false_answer_rate)
    return open_answerer(path, targets=targets, model=loaded.semantic_model), loaded


def ask(question: Question, *, knowledge: Path | None = None, explain: bool = False) -> int:
    """Print one answer; a question of "" is read from standard input.

    Args:
        question: What is asked.
        knowledge: The knowledge base; the settings' or the bundled one where None.
        explain: Print how it was decided before the answer.
    """
    if not question.text:
        question = replace(question, text=sys.stdin.read())
    if not question.text.strip():
        print('advisory-bot: there is no question. Try: advisory-bot ask "is it legal?"', file=sys.stderr)
        return 2
    answerer, loaded = opened(knowledge)
    before = answerer.base.entry(question.previous or "")
    if before:
        question = Talk().shown(before, answerer.entries()).put(question)
    elif question.previous:
        known = answerer.base.entries[answerer.base.default_language]
        message = f"advisory-bot: there is no entry {question.previous!r} to follow"
        print("; ".join(filter(None, (message, did_you_mean(question.previous, known)))), file=sys.stderr)
        return 2
    verdict = _decided(question, Conversations(answerer))
    if explain:
        written = files.load(knowledge or loaded.knowledge_dir or files.bundled()).knowledge_base
        print(explanation(question, verdict, answerer, written))
        print()
    print(reply_text(verdict, answerer, loaded.operator, question.language))
    return 0


def ask_lines(
    lines: Iterable[str], out: TextIO, *, knowledge: Path | None = None, language: str | None = None
) -> int:
    """Answer JSON lines with JSON lines, in order.

    A line that is no such object gets `{"error": ...}` with its number, and the exit status becomes 1.
    """
    answerer, loaded = opened(knowledge)
    talks = _Talks(Conversations(answerer), language, loaded.operator)
    faulty = False
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix("\ufeff")  # noqa: PLW2901 - editors put it there
        if not line.strip():
            continue
        try:
            result = talks.answered(json.loads(line))
        except (ValueError, TypeError, RecursionError) as fault:
            faulty = True
            result = {"error": f"line {number} is no question: {fault}"}
        out.write(json.dumps(result, ensure_ascii=False) + "\n")
        out.flush()
    return 1 if faulty else 0


class _Talks:
    """Answers lines; in a chat, a line after a question back may choose what is meant, by number or words."""

    def __init__(self, conversations: Conversations, language: str | None, operator: str) -> None:
        self._conversations = conversations
        self._language = language
        self._operator = operator
        self._asked_back: dict[str, Reply] = {}

    def answered(self, asked: object) -> dict[str, object]:
        """What is answered to an object as read; raises `TypeError` for one that is no question."""
        if not isinstance(asked, dict) or not isinstance(asked.get("q"), str):
            raise TypeError('expected an object with a text "q"')
        lang, group = asked.get("lang") or self._language, asked.get("group")
        if lang is not None and not (isinstance(lang, str) and is_language(lang)):
            raise TypeError(f'"lang" is a language such as "en" or "es-MX", and not {json.dumps(lang)}')
        if not isinstance(group, bool | None):
            raise TypeError(f'"group" is true or false, and not {json.dumps(group)}')
        question = Question(asked["q"], lang, overheard=bool(group))
        chat = None if asked.get("chat") is None else str(asked["chat"])
        if chat is not None and not question.overheard:
            before = self._asked_back.pop(chat, NOTHING)
            if button := chosen(question.text, [button for row in before.buttons for button in row]):
                return self._chosen(question, button, chat, before.language)
        verdict = _decided(question, self._conversations, chat)
        if chat is not None and isinstance(verdict.outcome, Clarify):
            self._note(chat, verdict, question.language)
        return self._decision(question, verdict)

    def _note(self, chat: str, verdict: Verdict, language: str | None) -> None:
        answerer = self._conversations.answerer
        renderer = Renderer.speaking(
            answerer.base, answerer.reply_language(verdict, language), self._operator
        )
        reply = private_replies.reply(verdict, answerer, PrivateReplies(renderer)) or NOTHING
        self._asked_back[chat] = replace(reply, language=renderer.language)

    def _chosen(self, question: Question, button: Button, chat: str, language: str) -> dict[str, object]:
        """The result of a choice, which is sure."""
        renderer = Renderer.speaking(self._conversations.answerer.base, language, self._operator)
        payload = unpack(button.data)
        entry = self._conversations.show(payload.id, chat, language) if payload else None
        if entry is None:
            self._conversations.none_meant(chat)
        reply = renderer.answer(entry) if entry else unanswered.none_chosen(renderer)
        decision, sure = (Answer.name, 1.0) if entry else (Decline.name, 0.0)
        found = _result(question, decision, entry, sure, [entry.id] if entry else [])
        return {**found, "offered": [], "text": plain(reply.html)}

    def _decision(self, question: Question, verdict: Verdict) -> dict[str, object]:
        answerer, matches = self._conversations.answerer, verdict.ranking.matches
        entry = answerer.base.entry(verdict.answered or "", verdict.language)
        confidence = round(matches[0].confidence, 4) if matches else 0.0
        text = reply_text(verdict, answerer, self._operator, question.language)
        options = [match.entry_id for match in matches[:3]]
        asked = verdict.outcome.matches if isinstance(verdict.outcome, Clarify) else ()
        offered = [match.entry_id for match in asked]
        found = _result(question, verdict.outcome.name, entry, confidence, options)
        return {**found, "offered": offered, "text": text}


def _result(
    question: Question, decision: str, entry: Entry | None, confidence: float, options: list[str]
) -> dict[str, object]:
    return {
        "q": question.text,
        "decision": decision,
        "entry": entry.id if entry else None,
        "kind": entry.kind.value if entry else None,
        "confidence": confidence,
        "options": options,
    }


def _decided(question: Question, conversations: Conversations, chat: str | None = None) -> Verdict:
    """As the bot decides: what it overhears stands alone."""
    if not question.overheard:
        return conversations.answer(question, chat)
    verdict = conversations.answer(question)
    conversations.note(verdict, chat)
    return verdict


def reply_text(verdict: Verdict, answerer: Answerer, operator: str, language: str | None = None) -> str:
    """What the bot says to a verdict, as plain text; empty where it keeps quiet.

    Args:
        verdict: What to say.
        answerer: Who decided it.
        operator: Who runs the bot, as a phrase.
        language: The reader's; the knowledge base's default where None.
    """
    renderer = Renderer.speaking(answerer.base, answerer.reply_language(verdict, language), operator)
    reply = private_replies.reply(verdict, answerer, PrivateReplies(renderer))
    if reply is None:
        return ""
    asked = isinstance(verdict.outcome, Clarify)
    options = [button.text for row in reply.buttons for button in row] if asked else []
    return "\n".join([plain(reply.html), *(f"- {text}" for text in options)])
