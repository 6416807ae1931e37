"""What the commands around a running bot take, and below each how it is run; it is imported then."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from bot.commands.options import Add


def add_running_commands(add: Add, shared: argparse.ArgumentParser) -> None:
    """Add the commands that need the bot's database or its token; as `options.add_knowledge_commands`."""
    _add_review(add, shared)
    _add_stats(add, shared)
    _add_run(add, shared)


def _add_review(add: Add, shared: argparse.ArgumentParser) -> None:
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
    from bot.commands.review import merge_patch, review

    if arguments.merge:
        return merge_patch(arguments.merge, knowledge=arguments.knowledge)
    return review(export=arguments.export)


def _add_stats(add: Add, shared: argparse.ArgumentParser) -> None:
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
    from bot.commands.stats import stats

    return stats(knowledge=arguments.knowledge, days=arguments.days, picture=arguments.picture)


def _days(given: str) -> int:
    if not given.isdecimal() or not 1 <= int(given) <= 400:
        raise argparse.ArgumentTypeError("write a whole number of days from 1 to 400")
    return int(given)


def _add_run(add: Add, shared: argparse.ArgumentParser) -> None:
    command = add(
        "run",
        parents=[shared],
        help="run the Telegram bot",
        description="Runs the Telegram bot. Needs TELEGRAM_BOT_TOKEN in the environment or in .env.",
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    # What is loaded now stays. To look through it for garbage, again and again and at the end, takes a third of a start.
    gc.disable()
    from bot.commands.run import run

    gc.freeze()
    gc.enable()
    return run(knowledge=arguments.knowledge)
