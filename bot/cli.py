"""The one command, `advisory-bot`, and its subcommands."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from bot.settings import SettingsError
from knowledge.model import Question
from knowledge.opening import UnusableKnowledgeError
from knowledge.problems import as_text
from knowledge.semantic import ModelError

_SHOWN_PROBLEMS: Final = 5
_ABOUT: Final = """\
Answers questions about a patient advisory, each answer with its source.
Try it: advisory-bot chat (no token, no network needed).
"""
_Add: TypeAlias = Callable[..., argparse.ArgumentParser]
"""Adds a command: a subparsers' `add_parser`."""


class _Command(Protocol):
    def __call__(self, arguments: argparse.Namespace) -> int: ...


class _Version(argparse.Action):
    """Looks the version up where it is asked for: to be able to takes as long as reading half of the knowledge base."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 - as argparse calls it
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415

        print(f"advisory-bot {version('advisory-bot')}")
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """The command line as `--help` shows it."""
    top = argparse.ArgumentParser(prog="advisory-bot", description=_ABOUT)
    top.add_argument("--version", action=_Version, help="show the version and exit")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--knowledge",
        type=Path,
        metavar="PATH",
        help="another knowledge base: a folder in the bundled layout, or one YAML file of questions and answers "
        "(default: KNOWLEDGE_DIR, else the bundled advisory)",
    )
    add = top.add_subparsers(dest="command", required=True, metavar="COMMAND").add_parser
    _add_chat(add, shared)
    _add_ask(add, shared)
    _add_check(add, shared)
    _add_evaluate(add, shared)
    _add_import(add)
    _add_review(add, shared)
    _add_stats(add, shared)
    _add_run(add, shared)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit status: 0 for success, 1 for a fault of what was given, 2 for a wrong command line or setting.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # What the terminal's encoding lacks is no reason to fall over.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = parser().parse_args(arguments)
    run: _Command = given.run
    try:
        return run(given)
    except UnusableKnowledgeError as error:
        worst = sorted(error.problems, key=lambda p: p.severity)[:_SHOWN_PROBLEMS]
        print(f"advisory-bot: {error}:\n\n{as_text(worst)}", file=sys.stderr)
        if len(worst) < len(error.problems):
            print(f"See all {len(error.problems)} with: advisory-bot check {error.path}", file=sys.stderr)
        return 1
    except ModelError as error:
        print(f"advisory-bot: {error}", file=sys.stderr)
        return 2
    except SettingsError as error:
        for fault in error.faults:
            print(f"advisory-bot: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has had enough (`| head`); keep the interpreter from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


# What each command takes, and below that how it is run. It is imported when it is run, so that none waits for what another needs.


def _add_chat(add: _Add, shared: argparse.ArgumentParser) -> None:
    command = add("chat", parents=[shared], help="talk with it here in the terminal")
    command.add_argument("--lang", metavar="CODE", type=_language, help="language of the answers, such as en")
    command.set_defaults(run=_chat)


def _chat(arguments: argparse.Namespace) -> int:
    from bot.commands.chat import chat  # noqa: PLC0415

    return chat(knowledge=arguments.knowledge, language=arguments.lang)


def _language(given: str) -> str:
    from bot.locales import code_of, language_name  # noqa: PLC0415

    code = code_of(given)
    if language_name(code) == code:
        raise argparse.ArgumentTypeError(f"no language has the code {given!r}; en and es-MX are such codes")
    return given


def _add_ask(add: _Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "ask",
        parents=[shared],
        help="one answer, or one a line with --jsonl",
        description="Answers one question; with --jsonl, reads objects such as "
        '{"q": "...", "chat": "id", "group": true, "lang": "es"} a line on standard input (only q is needed) and writes '
        "one object a line, in order: q, decision (answer, clarify, decline or silent), entry, kind, confidence, "
        "options (the three likeliest entries), text. Lines with the same chat are one conversation: after a clarify, the next "
        'one may choose as in Telegram ("2", "the second one", a question\'s words, "none of these"); what is chosen is an '
        "answer with confidence 1, and none of them a decline without options.",
    )
    command.add_argument("question", nargs="*", help="the question, in your own words")
    command.add_argument("--jsonl", action="store_true", help="read and write JSON lines")
    command.add_argument("--lang", metavar="CODE", type=_language, help="language of the answer, such as en")
    command.add_argument(
        "--explain", action="store_true", help="show what was compared and why it decided so"
    )
    command.add_argument(
        "--group", action="store_true", help="as overheard in a group that lets the bot help unasked"
    )
    command.add_argument("--after", metavar="ENTRY", help="as a follow-up to this entry's answer")
    command.set_defaults(run=_ask, error=command.error)


def _ask(arguments: argparse.Namespace) -> int:
    from bot.commands.ask import ask, ask_lines  # noqa: PLC0415

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


def _add_check(add: _Add, shared: argparse.ArgumentParser) -> None:
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
    from bot.commands.check import check  # noqa: PLC0415

    if arguments.path and arguments.knowledge:
        arguments.error("there are two knowledge bases: name one of them")
    return check(
        arguments.path or arguments.knowledge,
        form=arguments.format,
        source=arguments.source,
        strict=arguments.strict,
        quick=arguments.quick,
    )


def _add_evaluate(add: _Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "evaluate",
        parents=[shared],
        help="measure it on judged questions",
        description='Judged questions are JSON lines: {"q": "...", "ids": ["accepted-id"], "kind": "in-scope"}.',
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    command.add_argument(
        "--misses", type=int, default=20, metavar="N", help="misses to explain (default: 20)"
    )
    command.add_argument("--json", type=Path, metavar="OUT", help="also write the report as JSON")
    command.add_argument("--report", type=Path, metavar="OUT.html", help="also write it as a page to look at")
    command.add_argument(
        "--compare", type=Path, metavar="OLD.json", help="show what was won and lost since an earlier --json"
    )
    command.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> int:
    from bot.commands.evaluate import Outputs, evaluate  # noqa: PLC0415

    return evaluate(
        arguments.files,
        knowledge=arguments.knowledge,
        misses=arguments.misses,
        outputs=Outputs(arguments.json, arguments.report, arguments.compare),
    )


def _add_import(add: _Add) -> None:
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


def _import(arguments: argparse.Namespace) -> int:
    from bot.commands.import_page import import_page  # noqa: PLC0415

    return import_page(arguments.page, to=arguments.to, drafts_to=arguments.drafts, text_to=arguments.text)


def _add_review(add: _Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "review",
        parents=[shared],
        help="what people sent to the maintainers, and what was decided on it",
        description="Lists the questions that people sent, with what maintainers decided on in the chat (/review). Needs the "
        "bot's DATABASE_URL and STORE_KEY. --export writes what was decided on as YAML; --merge puts the phrasings of such a "
        "file into the knowledge base, each below the last one of its entry, and changes nothing else.",
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument(
        "--export",
        type=Path,
        nargs="?",
        const=Path("-"),
        metavar="FILE.yaml",
        help="write it (default: to standard output)",
    )
    way.add_argument(
        "--merge", type=Path, metavar="FILE.yaml", help="put its phrasings into the knowledge base"
    )
    command.set_defaults(run=_review)


def _review(arguments: argparse.Namespace) -> int:
    from bot.commands.review import merge_patch, review  # noqa: PLC0415

    if arguments.merge:
        return merge_patch(arguments.merge, knowledge=arguments.knowledge)
    return review(export=arguments.export)


def _add_stats(add: _Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "stats",
        parents=[shared],
        help="how many questions there were, and what became of them",
        description="Prints the figures that /stats shows to admins. Needs the bot's DATABASE_URL and STORE_KEY.",
    )
    command.add_argument(
        "--days", type=_days, default=28, metavar="N", help="up to today, 1 to 400 (default: 28)"
    )
    command.add_argument("--picture", type=Path, metavar="OUT.png", help="also draw them")
    command.set_defaults(run=_stats)


def _stats(arguments: argparse.Namespace) -> int:
    from bot.commands.stats import stats  # noqa: PLC0415

    return stats(knowledge=arguments.knowledge, days=arguments.days, picture=arguments.picture)


def _days(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 400:
        raise argparse.ArgumentTypeError("write a whole number of days from 1 to 400")
    return int(given)


def _add_run(add: _Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "run",
        parents=[shared],
        help="be the Telegram bot",
        description="Runs the Telegram bot. Needs TELEGRAM_BOT_TOKEN in the environment or in .env.",
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    # What is loaded now stays. To look through it for garbage, again and again and at the end, takes a third of a start.
    gc.disable()
    from bot.commands.run import run  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    return run(knowledge=arguments.knowledge)
