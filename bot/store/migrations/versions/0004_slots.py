"""Flood limits that several processes keep together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "slots",
        sa.Column("key", sa.String(32)),
        sa.Column("full", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_slots"),
    )
