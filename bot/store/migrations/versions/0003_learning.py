"""What maintainers decide on suggestions, and counts of questions by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add them."""
    op.add_column("suggestions", sa.Column("language", sa.String(8), nullable=False, server_default=""))
    op.add_column("suggestions", sa.Column("entry_id", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "outcomes",
        sa.Column("day", sa.Integer, autoincrement=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("entry_id", sa.String(64)),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "outcome", "entry_id", name="pk_outcomes"),
    )
