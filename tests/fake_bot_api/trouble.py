"""Trouble a test makes for the bot: flood limits, errors, dropped connections, slowness, the passing of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .faults import Fault

if TYPE_CHECKING:
    from .errors import Json
    from .limits import FloodLimits
    from .world import World


class Trouble:
    """Plans trouble for the calls to come."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def limits(self) -> FloodLimits:
        """The flood limits; set `enabled` to turn them on."""
        return self.world.limits

    def advance(self, seconds: float) -> None:
        """Move the server's clock forward: queries grow old, flood limits ease."""
        self.world.clock.offset += seconds
        self.world.changes.notify()

    def set_latency(self, seconds: float) -> None:
        """Delay every call."""
        self.world.faults.latency = seconds

    def _plan(self, fault: Fault) -> None:
        with self.world.changes.lock:
            self.world.faults.planned.append(fault)

    def fail(
        self,
        method: str | None = None,
        status: int = 500,
        description: str = "Internal Server Error",
        *,
        parameters: Json | None = None,
        times: int | None = 1,
        after: bool = False,
        body: str | None = None,
    ) -> None:
        """Answer the next calls with an error; `after` does the work first, `body` answers other than JSON."""
        self._plan(
            Fault(
                method, times, after, status=status, description=description, parameters=parameters, body=body
            )
        )

    def drop(self, method: str | None = None, *, times: int | None = 1, after: bool = False) -> None:
        """Close the connection of the next calls without an answer, before or `after` doing the work."""
        self._plan(Fault(method, times, after, drop=True))

    def delay(
        self, seconds: float, method: str | None = None, *, times: int | None = 1, after: bool = False
    ) -> None:
        """Let the next calls wait, before or `after` the work."""
        self._plan(Fault(method, times, after, seconds=seconds))

    def clear_faults(self) -> None:
        """Plan no more trouble."""
        with self.world.changes.lock:
            self.world.faults.planned.clear()
            self.world.faults.latency = 0.0
