"""Of an update's tries, those that count: what was merely away for a while is no reason to give it up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Count them in a column of their own, from now on."""
    op.add_column("updates", sa.Column("strikes", sa.Integer, nullable=False, server_default="0"))
