"""Texts as YAML scalars."""

from __future__ import annotations

import yaml


def quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar on one line, white space within collapsed."""
    line = " ".join(text.split())
    return yaml.safe_dump(line, default_style='"', allow_unicode=True, width=float("inf")).strip()
