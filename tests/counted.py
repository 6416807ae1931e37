"""What the bot has counted so far."""

from __future__ import annotations

from bot.watching.metrics import REGISTRY


def value(name: str, **labels: str) -> float:
    """What one metric stands at, such as `advisory_bot_calls_total` with its labels; 0 before the first event."""
    return REGISTRY.get_sample_value(name, labels) or 0.0
