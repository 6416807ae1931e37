"""Faults a test puts in the bot's way: errors, dropped connections, slow answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import Json


@dataclass
class Fault:
    """What happens to the next calls of a method (of any method for None).

    `after` lets the call do its work first: the bot then does not learn that it was done.
    """

    method: str | None
    times: int | None
    after: bool = False
    drop: bool = False
    seconds: float = 0.0
    status: int | None = None
    description: str = ""
    parameters: Json | None = None
    body: str | None = None

    def matches(self, method: str) -> bool:
        """Whether the fault is meant for this method."""
        return self.method is None or self.method.lower() == method.lower()


@dataclass
class Faults:
    """The faults to come, and a delay on every call."""

    latency: float = 0.0
    planned: list[Fault] = field(default_factory=list)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, the one planned first winning."""
        for fault in self.planned:
            if fault.matches(method):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.planned.remove(fault)
                return fault
        return None
