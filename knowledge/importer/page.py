"""The nouns of importing: blocks of a page, what does not add up about it, and the limits of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from knowledge.importer.fingerprint import fingerprint
from knowledge.model import Voice


class BlockKind(StrEnum):
    """What part a block plays on its page."""

    TITLE = "title"
    CAPTION = "caption"
    """What an image leaves behind: its alternative text, or the line under it."""
    HEADING = "heading"
    """A heading, or a short question that the next paragraph answers."""
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    COMMENT = "comment"
    REPLY = "reply"
    PINGBACK = "pingback"
    NOTICE = "notice"
    """The page's own furniture: bylines, the comment count, "comments are closed"."""

    @property
    def is_cited(self) -> bool:
        """Whether such a block becomes a numbered passage."""
        return self in _CITED

    @property
    def in_thread(self) -> bool:
        """Whether such a block is one of the comments that a page counts."""
        return self in _THREAD


_THREAD: Final = frozenset({BlockKind.COMMENT, BlockKind.REPLY, BlockKind.PINGBACK})
_CITED: Final = _THREAD | {BlockKind.PARAGRAPH, BlockKind.QUOTATION}


class Form(StrEnum):
    """The form in which a page was handed in."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The page could not be read, or only a part of it."""
    WARNING = "warning"
    """Something is missing or contradicts itself: look at the page."""
    INFO = "info"
    """Read by a rule and not shown by the page: confirm it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a page that does not add up, or that was inferred."""

    severity: Severity
    position: int
    """The line it is about, from 1; 1 also stands for the page as a whole."""
    code: str
    """A stable name of the rule, such as `comments-missing`."""
    message: str
    mend: str
    """What a curator can do about it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a page is read before reading stops with a finding."""

    size: int = 2_000_000
    """Bytes of the file."""
    lines: int = 100_000
    blocks: int = 5_000
    depth: int = 15
    """Levels of replies; deeper ones are numbered at this level, so that ids stay short. WordPress itself allows ten."""
    tags: int = 100_000
    """Tags of an HTML page."""


DEFAULT_LIMITS: Final = Limits()
QUOTED: Final = "it is quoted, and taken for an agency's words"
"""Why a quotation that the page marks has the voice it has: the mark doesn't say who is quoted."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page: what it is, whose words, and where."""

    kind: BlockKind
    text: str
    """Lines parted by a newline, paragraphs by an empty line."""
    position: int
    """The line it starts on, from 1."""
    voice: Voice | None = None
    """None for furniture, and for a comment until its voice is settled."""
    inferred: str = ""
    """Why the voice was taken for what it is, where the page does not show it."""
    level: int = 0
    """1 for a comment, 2 for a reply to it, and so on; 0 outside the thread."""
    number: int = 0
    """The number written before a comment; 0 for none."""
    author: str = ""
    """A commenter's name where the page shows one. It is for reading the thread, not for keeping."""
    id: str = ""
    parent: str = ""
    """The id of the comment that this one replies to."""
    lead: str = ""
    """The headings or question just before it, which belong to what it says."""

    @property
    def whole_text(self) -> str:
        """The lead and the text: what a citation of the block covers."""
        return f"{self.lead}\n\n{self.text}" if self.lead else self.text

    @property
    def fingerprint(self) -> str:
        """The fingerprint of `whole_text`."""
        return fingerprint(self.whole_text)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a reader of one form found: blocks in reading order, not yet numbered."""

    blocks: Sequence[Block] = ()
    findings: Sequence[Finding] = ()
    author: str = ""
    """The page's author as far as the page tells."""
    announced: int | None = None
    """How many comments the page says it has."""
    announced_at: int = 1
    """The line that says so."""


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page read, numbered and checked."""

    blocks: tuple[Block, ...] = ()
    findings: tuple[Finding, ...] = ()
    """By position, errors first within one."""
    form: Form = Form.TEXT
    name: str = ""
    author: str = ""
    announced: int | None = None
    passages: tuple[Block, ...] = field(init=False)
    """The blocks that can be cited, each with its id."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "passages", tuple(block for block in self.blocks if block.id))

    @property
    def title(self) -> str:
        """The page's title; empty where none was found."""
        return next((block.text for block in self.blocks if block.kind is BlockKind.TITLE), "")

    @property
    def is_whole(self) -> bool:
        """Whether no finding says that a part of the page was left unread."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    def as_numbered_text(self) -> str:
        """The page for a curator who writes gists: each block with its id above it where it is a passage."""
        return (
            "\n\n".join(
                f"[{block.id}] {block.voice}, line {block.position}\n{block.text}" if block.id else block.text
                for block in self.blocks
            )
            + "\n"
        )

    def as_text(self) -> str:
        """The blocks as plain text, a blank line between them.

        For a page from HTML or JSON, which has no lines of its own, positions count the lines of this text.
        """
        return "\n\n".join(block.text for block in self.blocks)
