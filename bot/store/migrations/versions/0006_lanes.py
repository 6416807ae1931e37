"""What waits is found by its lane alone: no other index may look as good to a planner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Drop the one by number, and leave what waits out of the one of what has ended."""
    op.drop_index("ix_updates_order", "updates")
    op.drop_index("ix_updates_ended", "updates")
    ended = sa.text("ended IS NOT NULL")
    op.create_index("ix_updates_ended", "updates", ["ended"], sqlite_where=ended, postgresql_where=ended)
