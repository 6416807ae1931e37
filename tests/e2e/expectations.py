"""What a conversation's file expects of one message of the bot, and whether the message is like that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.locales import words
from tests.e2e.running import OPERATOR

if TYPE_CHECKING:
    from knowledge.model import Entry, KnowledgeBase
    from tests.fake_bot_api import Message

ANY_BUTTONS: Final = "..."


@dataclass(frozen=True)
class Seen:
    """A message of the bot, and what is needed to judge it."""

    message: Message
    before: Message | None
    """The bot's message before it in the same chat."""
    asked: Message | None
    """What the step's person wrote."""
    edited: bool
    base: KnowledgeBase


def squeezed(text: str) -> str:
    """A text with all its white space reduced to single blanks."""
    return " ".join(text.split())


def listed(value: object) -> list[Any]:
    """A value of a file that may be one thing or a list of things."""
    return value if isinstance(value, list) else [value]


def entry_of(base: KnowledgeBase, entry_id: str) -> Entry:
    """An entry that must be there."""
    found = base.entry(entry_id)
    if found is None:
        raise LookupError(f"the knowledge base has no entry {entry_id!r}")
    return found


def called(base: KnowledgeBase) -> str:
    """What the document is called in a sentence."""
    return base.advisory.called.get("en") or words("en")("document-called")


def labels(base: KnowledgeBase, wanted: object) -> list[str]:
    """The labels that a file's list of buttons stands for."""
    found: list[str] = []
    for item in listed(wanted):
        kind, _, name = str(item).partition(" ")
        if kind == "entry":
            found.append(entry_of(base, name).question)
        elif kind == "related":
            found += [entry_of(base, related).question for related in entry_of(base, name).related]
        elif kind == "two-related":
            found += [entry_of(base, related).question for related in entry_of(base, name).related[:2]]
        elif kind == "topic":
            found.append(base.topics[base.default_language][name].title)
        elif item == "feedback":
            found += [words("en")("feedback-helped"), words("en")("feedback-not-helped")]
        elif item == "in group":
            found += [words("en")("private-button"), words("en")("remove-button")]
        elif kind == "words":
            found.append(words("en")(name, document=called(base)))
        elif kind == "back":
            topic = base.topics[base.default_language][name].title
            found.append(words("en")("back-to-topic", topic=topic))
        else:
            found.append(str(item))
    return found


def same_label(shown: str, wanted: str) -> bool:
    """Whether a button shows a label, whole or cut."""
    return shown == wanted or (shown.endswith("…") and wanted.startswith(shown[:-1]))


def _in_order(shown: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the labels are those wanted, with `...` standing for any number of labels."""
    if not wanted:
        return not shown
    if wanted[0] == ANY_BUTTONS:
        return any(_in_order(shown[skipped:], wanted[1:]) for skipped in range(len(shown) + 1))
    return bool(shown) and same_label(shown[0], wanted[0]) and _in_order(shown[1:], wanted[1:])


def _buttons(seen: Seen, wanted: object) -> str:
    shown = [label for row in seen.message.buttons for label in row]
    if wanted == "none":
        return f"no buttons expected, but there are {shown}" if shown else ""
    expected = labels(seen.base, wanted)
    if _in_order(shown, expected):
        return ""
    return f"the buttons are {shown}, not {expected}"


def _entry(seen: Seen, entry_id: object, ending: str = "") -> str:
    """The whole answer first, then its sources by whose word they are, with a link to the page, then the disclaimer."""
    entry = entry_of(seen.base, str(entry_id))
    text, say = squeezed(seen.message.content).removesuffix(ending).rstrip(), words("en")
    answer = squeezed(entry.answer.replace("{operator}", OPERATOR))
    if not text.startswith(answer):
        return f"the text isn't the answer {entry_id!r}: {text!r}"
    rest = text.removeprefix(answer)
    voices = {seen.base.passages[cite].voice for cite in entry.cites}
    document = called(seen.base)
    wanted = [say("outside-mark", document=document)] if entry.outside else []
    wanted += (
        ["Source: "] if voices else [say("source-none", document=document)] if entry.kind == "gap" else []
    )
    wanted += [say(f"voice-{voice}", document=document) for voice in voices]
    wanted += entry.cites
    disclaimed = bool(entry.cites) if entry.kind == "guardrail" else entry.kind != "chitchat"
    wanted += [squeezed(seen.base.advisory.disclaimer["en"])] if disclaimed else []
    if missing := [part for part in wanted if part not in rest]:
        return f"{missing} not behind the answer, but {rest!r}"
    if wanted and not rest.endswith(wanted[-1]):
        return f"the disclaimer isn't at the end of {rest!r}"
    if not wanted and rest:
        return f"nothing is expected behind the answer, but {rest!r}"
    links = [entity["url"] for entity in seen.message.entities if entity["type"] == "text_link"]
    if links != ([seen.base.advisory.url] if voices else []):
        return f"the page should be linked just where it is the source; the links are {links}"
    return ""


def _unasked(seen: Seen, entry_id: object) -> str:
    """An entry's whole answer, then the word that nobody asked for it."""
    note = words("en")("unasked-note")
    if not squeezed(seen.message.content).endswith(note):
        return f"the text doesn't say that nobody asked: {seen.message.content!r}"
    return _entry(seen, entry_id, note)


def _bold_first(seen: Seen, wanted: object) -> str:
    bold = seen.message.entity_texts("bold")
    sentence = wanted if isinstance(wanted, str) else bold[0] if bold else ""
    alone = len(bold) == 1 and bold[0] == sentence and seen.message.content.startswith(sentence)
    whole = isinstance(wanted, str) or sentence.rstrip("\"'\u201d\u2019)").endswith((".", "?", "!"))
    return "" if alone and whole else f"the bold parts are {bold}"


def _text_has(seen: Seen, wanted: object) -> str:
    missing = [part for part in listed(wanted) if squeezed(str(part)) not in squeezed(seen.message.content)]
    return f"{missing} not in the text {seen.message.content!r}" if missing else ""


def _text_lacks(seen: Seen, unwanted: object) -> str:
    found = [part for part in listed(unwanted) if str(part) in seen.message.content]
    return f"{found} in the text {seen.message.content!r}" if found else ""


def _words(seen: Seen, name: object) -> str:
    return _text_has(
        seen, words("en")(str(name), title=seen.base.advisory.title, username="advisory_test_bot")
    )


def _reads(seen: Seen, wanted: object) -> str:
    """The whole text, with `…` for any piece of it."""
    pieces = [squeezed(piece) for piece in str(wanted).split("…")]
    form = ".*".join(map(re.escape, pieces))
    shown = squeezed(seen.message.content)
    return "" if re.fullmatch(form, shown, re.DOTALL) else f"the text is {shown!r}"


def _rows(seen: Seen, wanted: object) -> str:
    """The buttons row by row, with a row of `...` for any rows."""
    shown = [" | ".join(row) for row in seen.message.buttons]
    expected = [" | ".join(row) for row in listed(wanted)]
    return "" if _in_order(shown, expected) else f"the rows of buttons are {shown}, not {expected}"


def _folded(seen: Seen, wanted: object) -> str:
    folds = seen.message.entity_texts("expandable_blockquote")
    return "" if bool(folds) == wanted else f"the folded parts are {folds}"


def _edits_previous(seen: Seen, wanted: object) -> str:
    return "" if seen.edited == wanted else f"the message was {'' if seen.edited else 'not '}an edit"


def _links(seen: Seen, wanted: object) -> str:
    rows = (seen.message.reply_markup or {}).get("inline_keyboard", [])
    shown = [button["url"] for row in rows for button in row if "url" in button]
    return "" if shown == listed(wanted) else f"the buttons lead to {shown}"


def _brief(seen: Seen, entry_id: object) -> str:
    """The first sentence of an entry's answer, then its source at once."""
    entry, text = entry_of(seen.base, str(entry_id)), squeezed(seen.message.content)
    bold = [squeezed(part) for part in seen.message.entity_texts("bold")]
    if len(bold) != 1 or not squeezed(entry.answer).startswith(bold[0]):
        return f"the bold parts are {bold}"
    return "" if text.startswith(f"{bold[0]} Source: ") else f"the text is {text!r}"


def _silent(seen: Seen, wanted: object) -> str:
    return (
        ""
        if seen.message.silent == wanted
        else f"it came {'without' if seen.message.silent else 'with'} a sound"
    )


def _replies_to(seen: Seen, wanted: object) -> str:
    target = {"nothing": None, "the step": seen.asked, "the bot": seen.before}.get(str(wanted), wanted)
    answered = seen.message.reply_to
    if target is None or not isinstance(target, str):
        return "" if answered is target else f"it replies to {answered and answered.content!r}"
    return "" if answered is not None and answered.content == target else f"it replies to {answered!r}"


def _topic(seen: Seen, name: object) -> str:
    topic = seen.message.chat.topics.get(seen.message.thread_id or 0)
    shown = topic.name if topic else None
    return "" if shown == name else f"it stands in the topic {shown!r}"


CHECKS: Final = {
    "entry": _entry,
    "unasked": _unasked,
    "text_has": _text_has,
    "text_lacks": _text_lacks,
    "reads": _reads,
    "rows": _rows,
    "words": _words,
    "bold_first": _bold_first,
    "buttons": _buttons,
    "folded": _folded,
    "links": _links,
    "brief": _brief,
    "silent": _silent,
    "edits_previous": _edits_previous,
    "replies_to": _replies_to,
    "topic": _topic,
}
_ALWAYS: Final = {"edits_previous": False, "silent": False}


def faults(seen: Seen, expected: dict[str, object]) -> Sequence[str]:
    """All that is not as expected; what a file doesn't say is a message of its own, in no topic."""
    return [
        f"{name}: {fault}"
        for name, wanted in (_ALWAYS | expected).items()
        if (fault := CHECKS[name](seen, wanted))
    ]
