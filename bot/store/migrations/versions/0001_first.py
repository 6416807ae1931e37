"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "updates",
        sa.Column("number", number, autoincrement=True),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("lane", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("received", sa.Float, nullable=False),
        sa.Column("not_before", sa.Float, nullable=False, server_default="0"),
        sa.Column("owner", sa.String(64)),
        sa.Column("leased_until", sa.Float),
        sa.Column("claims", sa.Integer, nullable=False, server_default="0"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("first_failed", sa.Float),
        sa.Column("ended", sa.Float),
        sa.Column("how", sa.String(16)),
        sa.PrimaryKeyConstraint("number", name="pk_updates"),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("ended IS NULL")
    op.create_index("ux_updates_update_id", "updates", ["update_id"], unique=True)
    for name, columns in (("ix_updates_waiting", ["lane", "number"]), ("ix_updates_order", ["number"])):
        op.create_index(name, "updates", columns, sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_updates_ended", "updates", ["ended"])
    op.create_table(
        "chat_settings",
        sa.Column("chat", sa.String(32)),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_chat_settings"),
    )
    op.create_table(
        "feedback",
        sa.Column("entry_id", sa.String(64)),
        sa.Column("base_version", sa.String(64)),
        sa.Column("verdict", sa.String(16)),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "base_version", "verdict", name="pk_feedback"),
    )
    op.create_table(
        "suggestions",
        sa.Column("number", number, autoincrement=True),
        sa.Column("sender", sa.String(32), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_suggestions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_suggestions_sender", "suggestions", ["sender"])
    op.create_index("ix_suggestions_expires", "suggestions", ["expires"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(16)),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
