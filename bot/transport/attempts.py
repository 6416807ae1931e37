"""One attempt at handling an update: whether it failed, and when to try again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final, TypeVar, cast

from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from bot.store.protocol import Claim, StoreUnavailableError
from bot.transport.receipts import PerhapsSentError

T = TypeVar("T")

NO_TRY: Final = (RetryAfter, InvalidToken)
"""What says nothing of the update: its turn hasn't come, or the bot can't do anything just now."""
GIVES_UP_AFTER: Final = 3
SENT_AT_MOST: Final = 4
"""Tries that count, of what fails and of what may have been sent. One in which something was away, and nothing can have been sent, doesn't: an outage brings many of them."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, in seconds, is waited for what.

    Attributes:
        first: Before the second try; it doubles each time.
        longest: Between two tries.
        outage: For which an update is tried again while it is the network, Telegram or the database that fails: as long as
            Telegram itself keeps what it can't hand over.
    """

    first: float = 1.0
    longest: float = 60.0
    outage: float = 24 * 3600.0

    def before_next(self, claim: Claim, error: Exception) -> float | None:
        """Seconds until an update that has failed is tried again; None to give it up.

        A fault of the bot, or an answer that Telegram refuses, is tried so often that chance is ruled out. One that may have
        been sent has few tries as well, as each may be another copy: once at once, once when what was in the way has had a minute
        to pass, and once when it has had ten, as a Telegram that fails every other call for some minutes has. Where the way to Telegram fails, it is tried for a day: what comes meanwhile waits at Telegram as long, and is
        answered then.
        """
        delay = min(self.longest, self.first * 2.0 ** min(claim.tries, 16))
        if isinstance(error, RetryAfter):
            # Telegram has said when, so nobody gives up; what is too late for a group by then is dropped.
            return max(delay, seconds_of(error))
        if isinstance(error, InvalidToken):
            return delay  # until the worker knows whether it is meant
        if isinstance(error, PerhapsSentError):
            pauses = (self.first, self.longest, 10 * self.longest)
            return pauses[claim.strikes] if claim.strikes + 1 < SENT_AT_MOST else None
        if is_outage(error):
            return delay if claim.failed_for() < self.outage else None
        return delay if claim.strikes + 1 < GIVES_UP_AFTER else None

    def held_up(self, claim: Claim) -> float | None:
        """Seconds until an update that has failed, and waits for the way to Telegram, looks again; None to try it all the same."""
        failing = claim.failed_for()
        return min(self.longest, max(self.first, failing / 2)) if failing < self.outage else None


def seconds_of(error: RetryAfter) -> float:
    """For how long Telegram asks to wait."""
    asked = error.retry_after
    return asked if isinstance(asked, int | float) else asked.total_seconds()


def is_outage(error: Exception) -> bool:
    """Whether it is nobody's fault, and the same may work later."""
    return isinstance(error, NetworkError | RetryAfter | StoreUnavailableError) and not isinstance(
        error, BadRequest
    )


def counts(error: Exception) -> bool:
    """Whether a try that ended so is one of the few that an update has: it may have brought a copy, or will always end so."""
    return isinstance(error, PerhapsSentError) or not is_outage(error)


@dataclass(slots=True)
class Attempt:
    """Handling one update once.

    Attributes:
        claim: The update, as the store handed it out.
        patience: When it is tried again.
        error: The first fault; None while there is none.
        delay: Seconds until the next try; None where there is none.
        tried: False where the update has to wait for its turn, and nothing is wrong with it.
        strike: Whether the fault counts towards giving the update up.
        urgent: Whether its answer waits for no other in its chat, unless Telegram itself says so.
        done: What was done `once` for this update, in this try or an earlier one, and what it brought.
    """

    claim: Claim
    patience: Patience
    error: Exception | None = None
    delay: float | None = None
    tried: bool = True
    strike: bool = False
    urgent: bool = False
    done: dict[str, object] = field(default_factory=dict)

    def failed(self, error: Exception) -> float | None:
        """Note a fault; the handlers themselves never see it, and the library keeps it to its error handlers.

        An answer that may have been sent, and isn't tried again, counts as sent.

        Returns:
            Seconds until the next try; None where this was the last.
        """
        if self.error is None:
            self.delay = self.patience.before_next(self.claim, error)
            if self.delay is None and isinstance(error, PerhapsSentError):
                return None
            self.error = error
            self.tried = not isinstance(error, NO_TRY)
            self.strike = self.tried and counts(error)
        return self.delay

    def put_off(self, delay: float) -> None:
        """Let the update wait for its turn in the store."""
        self.delay, self.tried = delay, False


_CURRENT: Final[ContextVar[Attempt | None]] = ContextVar("attempt", default=None)


def current() -> Attempt | None:
    """The attempt under way here; None for an update that never was in the store."""
    return _CURRENT.get()


def waited() -> float:
    """For how many seconds the update under way here has been in the store, 0 for one that never was."""
    attempt = _CURRENT.get()
    return attempt.claim.waited() if attempt else 0.0


async def once(what: str, do: Callable[[], Awaitable[T]]) -> T:
    """Do what can't be done twice; where the update is tried again, as when its answer couldn't be sent, only look up what it brought.

    Without this a second try would find the work done, and say that there was nothing to do. What fails counts as not
    done. It is remembered by this process, until the update is done with: keep to what need not outlive that.

    Args:
        what: A name of the work, another one for each that an update brings.
        do: Does it.

    Returns:
        What doing it brought, in this try or an earlier one.
    """
    done = attempt.done if (attempt := _CURRENT.get()) else {}
    if what not in done:
        done[what] = await do()
    return cast("T", done[what])


def begin(attempt: Attempt) -> None:
    """Make an attempt the current one, for the task that handles the update."""
    _CURRENT.set(attempt)
