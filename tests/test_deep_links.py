"""Links into the private chat: none of the bot's own payloads can be an entry's id."""

from __future__ import annotations

from bot import deep_links
from bot.callback_data import Action, unpack


def test_the_bots_own_payloads_are_nobodys_id() -> None:
    for payload in (deep_links.GREETING, deep_links.CHECKLIST, f"{deep_links.SUGGESTION}abc234"):
        assert unpack(f"{Action.SHOW}:{payload}") is None, "an id has no underscore"
    assert deep_links.to_chat("a_bot") != deep_links.to_entry("a_bot", "start")
    assert deep_links.to_entry("a_bot", "no link") == deep_links.to_chat("a_bot")
    assert deep_links.to_suggestion("a_bot", "abc234") == "https://t.me/a_bot?start=q_abc234"
