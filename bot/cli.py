"""The one command, `advisory-bot`, and its subcommands."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bot.commands.options import add_knowledge_commands
from bot.commands.running_options import add_running_commands
from bot.settings import SettingsError
from knowledge.opening import UnusableKnowledgeError
from knowledge.problems import as_text
from knowledge.semantic import ModelError

_SHOWN_PROBLEMS: Final = 5
_ABOUT: Final = """\
Answers questions about a patient advisory, each answer with its source.
Try it: advisory-bot chat (no token, no network needed).
"""


class _Version(argparse.Action):
    """Looks the version up where it is asked for: to be able to takes as long as reading half of the knowledge base."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 - as argparse calls it
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - slow, and rarely asked for

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
    add_knowledge_commands(add, shared)
    add_running_commands(add, shared)
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
    run: Callable[[argparse.Namespace], int] = given.run
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
