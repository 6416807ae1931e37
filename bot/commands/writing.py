"""Files that a command writes."""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge.writing import write


def written(path: Path, content: str | bytes) -> bool:
    """Write a file, text as UTF-8; False where it can't be, which is said on standard error."""
    try:
        write(path, content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as fault:
        print(f"advisory-bot: {path} can't be written: {fault.strerror or fault}", file=sys.stderr)
        return False
    return True
