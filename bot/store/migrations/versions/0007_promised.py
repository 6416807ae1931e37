"""Suggestions that are wanted or off the subject are kept as long as their senders were promised."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

DAYS = 90


def upgrade() -> None:
    """Shorten the time of those that were to be kept for a year."""
    op.execute(
        f"UPDATE suggestions SET expires = created + {DAYS * 24 * 3600} "  # noqa: S608 - a constant
        f"WHERE state IN ('wanted', 'declined') AND expires > created + {DAYS * 24 * 3600}"
    )
