"""What became of reading a knowledge base again, as values; and what the admins are sent about it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.formatting import cut, escape, plain
from bot.locales import Words
from bot.reply import Reply
from knowledge.problems import Problem, Severity, shown
from knowledge.texts import units

_ROOM: Final = 3500
"""UTF-16 units for problems in one message; the text around them needs the rest of 4,096."""
_MAX_PROBLEM: Final = 700


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The bot answers with what was read."""

    entries: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The bot answers with it already."""

    entries: int


@dataclass(frozen=True, slots=True)
class Refused:
    """It has faults; the bot goes on with what it had."""

    problems: tuple[Problem, ...]
    """Those that make it unusable, in the order of the files."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It is sound, yet couldn't be learned; the bot goes on with what it had."""

    reason: str


Outcome: TypeAlias = Reloaded | Unchanged | Refused | Failed


def refused(problems: Sequence[Problem]) -> Refused:
    """The outcome for a knowledge base with these problems."""
    return Refused(tuple(found for found in problems if found.severity is Severity.ERROR))


def reply(outcome: Outcome, say: Words) -> Reply:
    """What an admin is sent, in one message."""
    match outcome:
        case Reloaded(entries):
            return Reply(escape(say("reload-done", count=entries)))
        case Unchanged(entries):
            return Reply(escape(say("reload-unchanged", count=entries)))
        case Failed(reason):
            return Reply(escape(say("reload-failed", reason=cut(reason, _MAX_PROBLEM))))
        case Refused(problems):
            return Reply(_listed(problems, say))


def line(found: Problem) -> str:
    """A problem in one line: where, and what."""
    return shown(f"{found.location}: {found.code}: {found.message}" if found.location.file else found.message)


def _listed(problems: Sequence[Problem], say: Words) -> str:
    parts = [escape(say("reload-refused", count=len(problems)))]
    room = _ROOM
    for number, found in enumerate(problems):
        place = f"<code>{escape(shown(str(found.location)))}</code>\n" if found.location.file else ""
        mend = f"\n{say('reload-mend', mend=cut(shown(found.mend), _MAX_PROBLEM))}" if found.mend else ""
        part = place + escape(cut(shown(found.message) + mend, _MAX_PROBLEM))
        room -= units(plain(part)) + 2
        if room < 0:
            parts.append(escape(say("reload-more", count=len(problems) - number)))
            break
        parts.append(part)
    return "\n\n".join(parts)
