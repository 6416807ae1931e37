"""What one of several processes does for all, and what was done last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "turns",
        sa.Column("name", sa.String(32)),
        sa.Column("owner", sa.String(64)),
        sa.Column("leased_until", sa.Float),
        sa.Column("note", sa.String(64)),
        sa.PrimaryKeyConstraint("name", name="pk_turns"),
    )
