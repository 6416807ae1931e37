"""docs/tour.md -> steps for the stage: what people do there, and what the bot is shown to say.

A scene is a fenced block marked `tour`. A line that isn't indented begins something:

    Anna: hello                       she writes that; `Anna in Patients: hello` does so in a group
    Anna replies in Patients: hello   the same, as a reply to the bot's last message there
    Anna presses [Yes]                a button under the bot's last message; `Anna in Patients presses [Yes]`
    Anna follows [Open] from Patients a button that leads into her private chat
    Anna types: dry ice               behind the bot's name in some chat; the bot `offers:` questions in brackets
    Anna mentions: @bot dry ice       in a chat that the bot isn't in; the bot `posts:` something
    Bot: Hello …                      a message; `Bot edits: ...` changes the last one; `Bot in Patients: ...`
    Bot: (nothing)                    it says nothing; `(takes it back)` means that a message of the bot is deleted
                                      `Bot quietly in Patients: ...` comes without a sound

Indented lines go on with the text above; those in brackets are rows of buttons. `…` stands for any text, `[…]` for any
rows. A comment before the block says who speaks which language and what the chats are, as in tests/conversations, and who
may give the bot orders.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

from tests.e2e.expectations import ANY_BUTTONS

_BLOCK: Final = re.compile(
    r"^## (?P<title>.+?)$|<!-- tour: (?P<setting>.*?) -->|^```tour\n(?P<scene>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
_BOT: Final = re.compile(
    r"Bot(?P<edits> edits| quietly| offers| posts)?(?: in (?P<chat>[\w ]+))?: (?P<text>.*)", re.DOTALL
)
_ACTS: Final = (
    re.compile(r"(?P<who>\w+) follows \[(?P<follows>.+)\] from (?P<from>[\w ]+)"),
    re.compile(r"(?P<who>\w+)(?: in (?P<chat>[\w ]+))? presses \[(?P<presses>.+)\]"),
    re.compile(r"(?P<who>\w+) replies in (?P<chat>[\w ]+): (?P<replies>.+)", re.DOTALL),
    re.compile(r"(?P<who>\w+) types: (?P<types>.+)", re.DOTALL),
    re.compile(r"(?P<who>\w+) mentions: (?P<mentions>.+)", re.DOTALL),
    re.compile(r"(?P<who>\w+)(?: in (?P<chat>[\w ]+))?: (?P<says>.+)", re.DOTALL),
)
_ROW: Final = re.compile(r"(?:\[[^\[\]]+\] ?)+")
_LABEL: Final = re.compile(r"\[([^\[\]]+)\]")
NOTHING: Final = "(nothing)"
TAKES_BACK: Final = "(takes it back)"


@dataclass
class Scene:
    """One block of the tour.

    Attributes:
        title: The heading above it, with a number where there are several.
        people: As in a conversation's file.
        chats: As in a conversation's file.
        maintainers: The bot's admins.
        steps: As in a conversation's file.
    """

    title: str
    people: dict[str, Any] = field(default_factory=dict)
    chats: dict[str, Any] = field(default_factory=dict)
    maintainers: list[str] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)


def scenes(page: str) -> list[Scene]:
    """All scenes of a page.

    Raises:
        ValueError: A line says nothing that is understood.
    """
    found: list[Scene] = []
    title, setting = "", {}
    for block in _BLOCK.finditer(page):
        if block["title"]:
            title = block["title"]
        elif block["setting"]:
            setting = json.loads(block["setting"])
        else:
            same = sum(scene.title.startswith(title) for scene in found)
            scene = Scene(f"{title} {same + 1}" if same else title, **setting)
            scene.steps = _steps(block["scene"])
            found.append(scene)
            setting = {}
    return found


def _steps(scene: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    for part in re.findall(r"^\S.*\n?(?:^(?:[ \t]+.*)?\n)*", scene, re.MULTILINE):
        text = part.strip()
        said = _BOT.fullmatch(text)
        if said is None:
            steps.append({**_act(text), "expect": []})
        elif said["text"] in (NOTHING, TAKES_BACK):
            steps[-1] |= {"expect": "nothing", "gone": int(said["text"] == TAKES_BACK)}
        elif said["edits"] == " offers":
            steps[-1]["offered"] = [*_LABEL.findall(said["text"]), ANY_BUTTONS]
        elif said["edits"] == " posts":
            shown, rows = _split(said["text"])
            steps[-1]["posted"] = {
                "text_has": max(_pieces(shown), key=len),
                "buttons": [label for row in rows for label in row],
            }
        else:
            steps[-1]["expect"].append(_expected(said))
    return steps


def _act(text: str) -> dict[str, Any]:
    for form in _ACTS:
        found = form.fullmatch(text)
        if found:
            act = {name: " ".join(value.split()) for name, value in found.groupdict().items() if value}
            return act | {"says": act.pop("replies"), "to": "bot"} if "replies" in act else act
    raise ValueError(f"the tour says {text!r}, and nobody knows what that is")


def _expected(said: re.Match[str]) -> dict[str, Any]:
    shown, rows = _split(said["text"])
    expected: dict[str, Any] = {"reads": shown, "rows": rows}
    if said["edits"]:
        expected["silent" if said["edits"] == " quietly" else "edits_previous"] = True
    if said["chat"]:
        expected["chat"] = said["chat"]
    return expected


def _split(text: str) -> tuple[str, list[list[str]]]:
    """What a message says, and its rows of labels at the end; `[…]` stands for any rows."""
    lines = [line.strip() for line in text.splitlines()]
    start = len(lines)
    while start and (not lines[start - 1] or _ROW.fullmatch(lines[start - 1])):
        start -= 1
    rows = [_LABEL.findall(line) for line in lines[start:] if line]
    return " ".join(line for line in lines[:start] if line), [
        [ANY_BUTTONS] if row == ["…"] else row for row in rows
    ]


def _pieces(shown: str) -> list[str]:
    return [piece for piece in (" ".join(part.split()) for part in shown.split("…")) if piece]
