"""Secrets that stand in files instead of the environment: NAME_FILE holds the path of the file that holds NAME."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

SUFFIX: Final = "_FILE"
MAX_BYTES: Final = 65_536
"""No secret is longer; a path to something else is a mistake."""


def read(
    names: Sequence[str], places: Sequence[Mapping[str, str | None]]
) -> tuple[dict[str, str], list[str]]:
    """What is in the files that the environment names.

    Args:
        names: Settings in capitals that may be kept in a file.
        places: The environment and the like, the one that wins over the others first.

    Returns:
        Setting -> what its file holds, without blanks around it; and a sentence for each that can't be had.
    """
    values, faults = {}, []
    for name in names:
        # The nearest place that says anything of a setting decides.
        place = next((place for place in places if place.get(name) or place.get(name + SUFFIX)), {})
        path = place.get(name + SUFFIX)
        if not path:
            continue
        if place.get(name):
            faults.append(f"{name} and {name}{SUFFIX} are both set: keep one of them.")
            continue
        text = _text(Path(path))
        if text:
            values[name] = text
        else:
            reason = "can't be read" if text is None else "is empty"
            faults.append(f"{name}{SUFFIX} is not usable: the file that it names {reason}.")
    return values, faults


def _text(file: Path) -> str | None:
    """A file's text; None where it has none that can be read."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        # Windows puts a mark before what it takes for UTF-8.
        return content.decode("utf-8-sig").strip() if len(content) <= MAX_BYTES else None
    except (OSError, ValueError):
        return None
