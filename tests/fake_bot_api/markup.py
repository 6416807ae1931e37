"""The server's HTML parse mode: a strict parser with the server's own error messages.

It knows the tags of the Bot API and nothing else. An unclosed, unknown or crossed tag is an error. A character
reference the server does not know (``&nbsp;``, a bare ``&``) is *not*: the server shows it letter by letter, so it
is kept in the text, and reported among `Parsed.oddities` for a test to see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .entities import sort_entities, utf16_length
from .links import USER_LINK, checked_url
from .scanner import SPACE, Scanner

if TYPE_CHECKING:
    from .errors import Json

_SIMPLE: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS: Final = {*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji"}


class MarkupError(ValueError):
    """The text's mark-up cannot be parsed."""


@dataclass
class Parsed:
    """Plain text with entities; a user mentioned by identifier has a ``user_id`` in place of the user."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)


@dataclass
class _OpenTag:
    name: str
    argument: str
    offset: int
    start: int


class _Parser(Scanner):
    """Walks the text once; positions are characters, errors name bytes as the server does."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.parsed = Parsed()
        self.offset = 0
        self.open: list[_OpenTag] = []

    def run(self) -> Parsed:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._tag()
            elif char == "&":
                self._emit(self.reference() or self._literal_ampersand())
            else:
                self.at += 1
                self._emit(char)
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        if any("\ud800" <= char <= "\udfff" for char in self.parsed.text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        self._settle()
        return self.parsed

    def _emit(self, text: str) -> None:
        self.parsed.text += text
        self.offset += utf16_length(text)

    def _literal_ampersand(self) -> str:
        shown = self.text_of_reference()
        self.parsed.oddities.append(f"{shown!r} is no reference the server knows, and is shown as it is")
        self.at += 1
        return "&"

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self.peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        name = self.read_until(SPACE + ">").lower()
        where = f"at byte offset {self.byte(begin)}"
        if not self.peek():
            raise MarkupError(f"Unclosed start tag {where}")
        if name not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" {where}')
        argument = ""
        while True:
            self.skip_spaces()
            if self.peek() == ">":
                break
            attribute = self.read_until(SPACE + "=>")
            self.skip_spaces()
            if not self.peek():
                raise MarkupError(f'Unclosed start tag "{name}" {where}')
            if not attribute:
                raise MarkupError(f'Empty attribute name in the tag "{name}" {where}')
            value = self._attribute_value(name, where) if self.peek() == "=" else ""
            argument = _argument(name, attribute, value) or argument
        self.at += 1
        if name == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append(_OpenTag(name, argument, self.offset, len(self.parsed.text)))

    def _attribute_value(self, name: str, where: str) -> str:
        self.at += 1
        self.skip_spaces()
        quote = self.peek()
        if not quote:
            raise MarkupError(f'Unclosed start tag "{name}" {where}')
        if quote not in "'\"":
            start = self.at
            while self.at < len(self.source) and (
                self.source[self.at].isalnum() or self.source[self.at] in ".-"
            ):
                self.at += 1
            if self.peek() not in (*SPACE, ">"):
                raise MarkupError(f"Unexpected end of name token at byte offset {self.byte(start)}")
            return self.source[start : self.at].lower()
        self.at += 1
        value = ""
        while self.peek() not in ("", quote):
            char = self.reference() if self.peek() == "&" else None
            if char is None:
                char = self.peek()
                self.at += 1
            value += char
        self.at += 1
        if not self.peek():
            raise MarkupError(f"Unclosed start tag {where}")
        return value

    def _end_tag(self, begin: int) -> None:
        where = f"at byte offset {self.byte(begin)}"
        if not self.open:
            raise MarkupError(f"Unexpected end tag {where}")
        self.at += 1
        name = self.read_until(SPACE + ">").lower()
        self.skip_spaces()
        if self.peek() != ">":
            raise MarkupError(f"Unclosed end tag {where}")
        self.at += 1
        tag = self.open[-1]
        if name and name != tag.name:
            raise MarkupError(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"')
        self.open.pop()
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: Json = {"type": "", "offset": tag.offset, "length": self.offset - tag.offset}
        if tag.name in _SIMPLE:
            entity["type"] = _SIMPLE[tag.name]
        elif tag.name == "blockquote":
            entity["type"] = "expandable_blockquote" if tag.argument else "blockquote"
        elif tag.name == "tg-emoji":
            if not tag.argument.isdigit() or not int(tag.argument):
                raise MarkupError("Invalid custom emoji identifier specified")
            entity |= {"type": "custom_emoji", "custom_emoji_id": tag.argument}
        elif tag.name == "a":
            entity |= self._link(tag)
        else:
            self._code(tag, entity)
        if entity["type"]:
            self.parsed.entities.append(entity)

    def _link(self, tag: _OpenTag) -> Json:
        url = tag.argument or self.parsed.text[tag.start :]
        if user := USER_LINK.match(url):
            return {"type": "text_mention", "user_id": int(user[1])}
        if checked := checked_url(url):
            return {"type": "text_link", "url": checked}
        self.parsed.oddities.append(f"the server would drop the link to {url!r}")
        return {}

    def _code(self, tag: _OpenTag, entity: Json) -> None:
        """A code inside a pre, or the other way round, over the same text is one block with a language."""
        last = self.parsed.entities[-1] if self.parsed.entities else None
        same = last is not None and (last["offset"], last["length"]) == (entity["offset"], entity["length"])
        if (
            last is not None
            and same
            and tag.name == "pre"
            and last["type"] == "code"
            and last.get("language")
        ):
            last["type"] = "pre"
        elif last is not None and same and tag.name == "code" and last["type"] == "pre" and tag.argument:
            last["language"] = tag.argument
        else:
            entity["type"] = tag.name
            if tag.argument:
                entity["language"] = tag.argument

    def _settle(self) -> None:
        entities = self.parsed.entities
        for entity in entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.parsed.entities = sort_entities(entities)


def _argument(tag: str, attribute: str, value: str) -> str:
    """What an attribute says of its tag; most say nothing and are passed over, as on the server."""
    if (tag, attribute) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, attribute) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, attribute) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    if (tag, attribute) == ("blockquote", "expandable"):
        return "expandable"
    return ""


def parse_html(source: str) -> Parsed:
    """Plain text and entities of a text in the HTML parse mode; raises `MarkupError` as the server refuses."""
    return _Parser(source).run()
