"""What befalls groups in a conversation's file, and what people get to see besides messages: notices, offers, a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.e2e.expectations import ANY_BUTTONS, labels, same_label, squeezed
from tests.fake_bot_api.markup import parse_html

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.model import KnowledgeBase
    from tests.fake_bot_api import ChatActor, Query, UserActor

_PLACES: Final = {
    "the bot is added": "member",
    "the bot is added as admin": "administrator",
    "the bot becomes admin": "administrator",
    "the bot is restricted": "restricted",
    "the bot is removed": "kicked",
    "the bot leaves": "left",
}
MIGRATES: Final = "the group migrates"


def befall(place: ChatActor, event: str, by: UserActor | None) -> ChatActor:
    """Let something happen to a group; the group as it is afterwards."""
    if event == MIGRATES:
        return place.migrates()
    place.set_bot(_PLACES[event], by)
    return place


def _alert(query: Query, wanted: object, base: KnowledgeBase) -> str:
    del base
    answer = query.answer or {}
    if wanted == "none":
        return f"no notice expected, but {query.text!r}" if query.text else ""
    shown = bool(answer.get("show_alert")) and str(wanted) in query.text
    return "" if shown else f"the notice is {query.text!r}"


def _opens(query: Query, wanted: object, base: KnowledgeBase) -> str:
    del base
    link = (query.answer or {}).get("url", "nothing")
    return "" if link == wanted else f"it opens {link!r}"


def _offers(query: Query, wanted: object, base: KnowledgeBase) -> str:
    """Entries by id, from the first one; `...` for any at the end. Each carries its whole answer and its link."""
    results: list[dict[str, Any]] = (query.answer or {}).get("results", [])
    ids = [result["id"] for result in results]
    expected = list(wanted) if isinstance(wanted, list) else []
    open_end = expected[-1:] == [ANY_BUTTONS]
    expected = expected[:-1] if open_end else expected
    if (ids[: len(expected)] if open_end else ids) != expected:
        return f"offered are {ids}"
    for result in results:
        entry = base.entry(result["id"], query.user.language_code)
        assert entry is not None
        text = squeezed(parse_html(result["input_message_content"]["message_text"]).text)
        links = [button["url"] for row in result["reply_markup"]["inline_keyboard"] for button in row]
        first = squeezed(entry.answer).partition("{operator}")[0]
        if not text.startswith(first) or not same_label(result["title"], entry.question):
            return f"{entry.id} is offered as {result['title']!r}: {text!r}"
        if links != [f"https://t.me/advisory_test_bot?start={entry.id}"]:
            return f"{entry.id} leads to {links}"
        if entry.cites and base.advisory.url not in result["input_message_content"]["message_text"]:
            return f"{entry.id} has no link to its source"
    return ""


def _posted(query: Query, wanted: object, base: KnowledgeBase) -> str:
    """What a guest posts: `entry`, `text_has`, `links`."""
    assert isinstance(wanted, dict)
    result = (query.answer or {}).get("result", {})
    text = squeezed(parse_html(result["input_message_content"]["message_text"]).text)
    buttons = [b for row in result.get("reply_markup", {}).get("inline_keyboard", []) for b in row]
    entry = base.entry(str(wanted.get("entry")), query.user.language_code)
    if "entry" in wanted and (entry is None or not text.startswith(squeezed(entry.answer))):
        return f"it says {text!r}"
    if "text_has" in wanted and str(wanted["text_has"]) not in text:
        return f"it says {text!r}"
    if "buttons" in wanted:
        shown, expected = [b["text"] for b in buttons], labels(base, wanted["buttons"])
        if len(shown) != len(expected) or not all(map(same_label, shown, expected)):
            return f"the buttons are {shown}"
    if "links" in wanted and [b.get("url") for b in buttons] != wanted["links"]:
        return f"the buttons lead to {[b.get('url') for b in buttons]}"
    return ""


SEEN: Final[dict[str, Callable[[Query, object, KnowledgeBase], str]]] = {
    "alert": _alert,
    "opens": _opens,
    "offers": _offers,
    "posted": _posted,
}


def query_faults(step: dict[str, Any], queries: Sequence[Query], base: KnowledgeBase) -> list[str]:
    """What is not as a step expects of what the bot answered to presses, to what was typed, and to a mention."""
    wanted = {name: step[name] for name in SEEN if name in step}
    if not wanted:
        return []
    (query,) = queries
    return [f"{name}: {fault}" for name, value in wanted.items() if (fault := SEEN[name](query, value, base))]
