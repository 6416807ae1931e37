"""Runs what may never end in a process of its own, with so much time that only what would never end runs out of it."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

SECONDS: Final = 240.0
"""What is run here takes one or two; a busy machine may need ten times as much."""
_LIMITED: Final = """
import resource
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
"""


def run(code: str, *, megabytes: int = 2048) -> str:
    """Run Python code, and return what it printed.

    Args:
        code: Imports and all.
        megabytes: Of memory that it may have.

    Raises:
        AssertionError: It took too long, too much memory, or failed.
    """
    limited = _LIMITED.format(memory=megabytes * 2**20) + code
    try:
        done = subprocess.run(  # noqa: S603 - this very Python
            [sys.executable, "-c", limited], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise AssertionError(f"it still ran after {SECONDS:.0f} s") from error
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
