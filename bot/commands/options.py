"""What the commands around a knowledge base take, and below each how it is run.

A command is imported when it is run, so that none waits for what another needs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from knowledge.outcome import Question

Add: TypeAlias = Callable[..., argparse.ArgumentParser]
"""Adds a command: a subparsers' `add_parser`."""


def add_knowledge_commands(add: Add, shared: argparse.ArgumentParser) -> None:
    """Add the commands that need a knowledge base and nothing else, in the order in which `--help` lists them.

    Each sets `run`: a function of the arguments that returns the exit status.

    Args:
        add: Adds one.
        shared: What those take that open a knowledge base.
    """
    _add_chat(add, shared)
    _add_ask(add, shared)
    _add_check(add, shared)
    _add_evaluate(add, shared)
    _add_import(add)


def _add_chat(add: Add, shared: argparse.ArgumentParser) -> None:
    command = add("chat", parents=[shared], help="talk with it here in the terminal")
    command.add_argument(
        "--lang",
        metavar="CODE",
        type=_language,
        help="language of the app that you play, such as en; who writes in another one is answered in that",
    )
    command.set_defaults(run=_chat)


def _chat(arguments: argparse.Namespace) -> int:
    from bot.commands.chat import chat

    return chat(knowledge=arguments.knowledge, language=arguments.lang)


def _language(given: str) -> str:
    from bot.locales import is_language

    if not is_language(given):
        raise argparse.ArgumentTypeError(f"no language has the code {given!r}; en and es-MX are such codes")
    return given


def _add_ask(add: Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "ask",
        parents=[shared],
        help="one answer, or one a line with --jsonl",
        description="Answers one question; with --jsonl, reads objects such as "
        '{"q": "...", "chat": "id", "group": true, "lang": "es"} a line on standard input (only q is needed) and writes '
        "one object a line, in order: q, decision (answer, clarify, decline or silent), entry, kind, confidence, "
        "options (the three likeliest entries), offered (those that a clarify asks about, in order), text. Lines with the same chat are one conversation: after a clarify, the next "
        'one may choose as in Telegram ("2", "the second one", a question\'s words, "none of these"); what is chosen is an '
        "answer with confidence 1, and none of them a decline without options. What else people may type instead of asking "
        '("ok", "simpler", "nobody is ill") is a question here, unlike in chat and on Telegram.',
    )
    command.add_argument("question", nargs="*", help="the question, in your own words")
    command.add_argument("--jsonl", action="store_true", help="read and write JSON lines")
    command.add_argument(
        "--lang",
        metavar="CODE",
        type=_language,
        help="language of the asker's app, such as en; who writes in another one is answered in that",
    )
    command.add_argument(
        "--explain", action="store_true", help="show what was compared and why it decided so"
    )
    command.add_argument(
        "--group", action="store_true", help="as overheard in a group that lets the bot help unasked"
    )
    command.add_argument("--after", metavar="ENTRY", help="as a follow-up to this entry's answer")
    command.set_defaults(run=_ask, error=command.error)


def _ask(arguments: argparse.Namespace) -> int:
    from bot.commands.ask import ask, ask_lines

    if arguments.jsonl:
        if arguments.question or arguments.explain or arguments.group or arguments.after:
            arguments.error(
                "--jsonl reads the questions, and what each needs, from standard input; it goes with --lang and --knowledge alone"
            )
        return ask_lines(sys.stdin, sys.stdout, knowledge=arguments.knowledge, language=arguments.lang)
    question = Question(
        " ".join(arguments.question), arguments.lang, overheard=arguments.group, previous=arguments.after
    )
    return ask(question, knowledge=arguments.knowledge, explain=arguments.explain)


def _add_check(add: Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "check",
        parents=[shared],
        help="find every fault in a knowledge base",
        description="Prints every fault with its place, the fragment and how to mend it. Exit status: 0 where there is "
        "no error (warnings may be there), 1 where there is one.",
    )
    command.add_argument("path", nargs="?", type=Path, help="the knowledge base; same as --knowledge")
    command.add_argument("--format", choices=("text", "github", "json"), default="text", help="default: text")
    command.add_argument(
        "--source",
        type=Path,
        metavar="FILE",
        help="the advisory's page: prove that the passages still fit it",
    )
    command.add_argument("--strict", action="store_true", help="let warnings fail too")
    command.add_argument("--quick", action="store_true", help="skip what needs training: stolen phrasings")
    command.set_defaults(run=_check, error=command.error)


def _check(arguments: argparse.Namespace) -> int:
    from bot.commands.check import check

    if arguments.path and arguments.knowledge:
        arguments.error("there are two knowledge bases: name one of them")
    return check(
        arguments.path or arguments.knowledge,
        form=arguments.format,
        source=arguments.source,
        strict=arguments.strict,
        quick=arguments.quick,
    )


def _add_evaluate(add: Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "evaluate",
        parents=[shared],
        help="measure it on judged questions",
        description='Judged questions are JSON lines: {"q": "...", "ids": ["accepted-id"], "kind": "in-scope"}.',
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    command.add_argument(
        "--misses",
        type=_number,
        default=20,
        metavar="N",
        help="misses, and questions withheld, to explain (default: 20)",
    )
    command.add_argument("--json", type=Path, metavar="OUT", help="also write the report as JSON")
    command.add_argument("--report", type=Path, metavar="OUT.html", help="also write it as a page to look at")
    command.add_argument(
        "--compare", type=Path, metavar="OLD.json", help="show what was won and lost since an earlier --json"
    )
    command.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    from bot.commands.evaluate import Outputs, evaluate

    return evaluate(
        arguments.files,
        knowledge=arguments.knowledge,
        misses=arguments.misses,
        outputs=Outputs(arguments.json, arguments.report, arguments.compare),
    )


def _add_import(add: Add) -> None:
    command = add(
        "import",
        help="read an advisory's page into passages.yaml",
        description="Reads a page as plain text, HTML or WordPress JSON, numbers its paragraphs and comments, and "
        "writes passages.yaml; gists in an existing one are kept. Says what doesn't add up.",
    )
    command.add_argument("page", type=Path, help="the page: .txt, .html or .json")
    command.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="the knowledge base to write into (default: print to standard output)",
    )
    command.add_argument("--drafts", type=Path, metavar="FILE", help="also write draft entries to this file")
    command.add_argument(
        "--text",
        type=Path,
        metavar="FILE",
        help="also write the page's text to this file, each passage under its id, to write the gists from",
    )
    command.set_defaults(run=_import)


def _number(given: str) -> int:
    if not (given.isascii() and given.isdecimal()):
        raise argparse.ArgumentTypeError("write a whole number, such as 20, or 0 for none")
    return int(given)


def _import(arguments: argparse.Namespace) -> int:
    from bot.commands.import_page import import_page

    return import_page(arguments.page, to=arguments.to, drafts_to=arguments.drafts, text_to=arguments.text)
