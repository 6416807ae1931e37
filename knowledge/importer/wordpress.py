"""A post and its comments as WordPress's REST interface gives them -> an outline.

Accepted are an object `{"post": {...}, "comments": [...]}`, a list `[post, comments]`, and a post alone with its comments
embedded (`_embedded.replies`, as `?_embed` gives them). A `comment_count` beside or in the post is taken for the number of
comments announced. Comments come in any order: `parent` says which one each answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.importer.flow import body_blocks, flat_text, paragraphs
from knowledge.importer.page import Block, BlockKind, Finding, Limits, Outline, Severity
from knowledge.importer.sheet import Sheet
from knowledge.importer.thread import is_pingback
from knowledge.importer.tree import parse
from knowledge.model import Voice

_SHOWN: Final = ("approved", "approve", "1", "")
_PINGBACKS: Final = ("pingback", "trackback")
_MOST_COMMENTS: Final = 1_000_000
Item = Mapping[str, object]


def read_json(text: str, limits: Limits) -> Outline:
    """Read a post with its comments.

    Args:
        text: JSON.
        limits: How many tags of the post, and of each comment, are read.

    Returns:
        The post's blocks and its comments, replies after what they answer; an error finding where it is no such JSON.
    """
    try:
        # A page escapes what it likes; half of a surrogate pair is no character and cannot be written anywhere.
        data = _clean(json.loads(text))
    except (ValueError, RecursionError) as error:
        return Outline(
            findings=[
                _error(
                    "bad-json",
                    f"the file is not valid JSON: {error}"[:200],
                    "Save the answer of the REST interface unchanged.",
                )
            ]
        )
    post, comments, announced = _parts(data)
    if not _rendered(post, "content") and not comments:
        return Outline(
            findings=[
                _error(
                    "no-post",
                    "the JSON holds no post and no comments",
                    'Give {"post": ..., "comments": [...]} as the REST interface returns them.',
                )
            ]
        )
    sheet = Sheet()
    title = flat_text(parse(_rendered(post, "title"), limits.tags).root)
    if title:
        sheet.add(Block(BlockKind.TITLE, title, 0))
    tree = parse(_rendered(post, "content"), limits.tags)
    sheet.extend(body_blocks(tree.root))
    findings: list[Finding] = []
    if not tree.is_whole:
        message = f"the post has more than {limits.tags:,} tags; its end is not read"
        findings.append(_error("too-many-tags", message, "Import a shorter post."))
    announced_at = sheet.line if announced is not None else 1
    if announced is not None:
        sheet.add(Block(BlockKind.NOTICE, f"{announced} comments", 0))
    thread = _Thread(comments, post.get("author"))
    for block in thread.blocks(limits):
        sheet.add(block)
    if post.get("comment_status") == "closed":
        sheet.add(Block(BlockKind.NOTICE, "Comments are closed.", 0))
    return Outline(sheet.blocks, [*findings, *thread.findings], _author(post), announced, announced_at)


def _parts(data: object) -> tuple[Item, list[Item], int | None]:
    """The post, its comments and the number of comments it announces."""
    if isinstance(data, list):
        objects = [item for item in data if isinstance(item, dict)]
        lists = [item for item in data if isinstance(item, list)]
        data = {"post": objects[0] if objects else {}, "comments": lists[0] if lists else []}
    whole = data if isinstance(data, dict) else {}
    post = whole["post"] if isinstance(whole.get("post"), dict) else whole
    comments = whole.get("comments")
    if not isinstance(comments, list):
        comments = _embedded_replies(post)
    announced = _count(whole.get("comment_count"))
    if announced is None:
        announced = _count(post.get("comment_count"))
    return post, [comment for comment in comments if isinstance(comment, dict)], announced


def _embedded_replies(post: Item) -> list[object]:
    pages = _item(post, "_embedded").get("replies")
    if not isinstance(pages, list):
        return []
    return [comment for page in pages if isinstance(page, list) for comment in page]


def _count(value: object) -> int | None:
    """A number of comments; a string or a truth value is none."""
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_COMMENTS
        else None
    )


@dataclass(slots=True)
class _Thread:
    """Puts comments in reading order; afterwards `findings` tells which fit nowhere."""

    comments: Sequence[Item]
    post_author: object
    findings: list[Finding] = field(default_factory=list)

    def blocks(self, limits: Limits) -> Iterator[Block]:
        """The comments, each followed by the replies to it, as blocks with levels."""
        for level, comment in self._ordered():
            text = paragraphs(parse(_rendered(comment, "content"), limits.tags).root)
            kind = BlockKind.REPLY if level > 1 else BlockKind.COMMENT
            if str(comment.get("type", "")) in _PINGBACKS or is_pingback(text):
                kind = BlockKind.PINGBACK
            name = str(comment.get("author_name") or "")[:100]
            yield Block(kind, text, 0, self._voice(kind, comment), level=level, author=name)

    def _voice(self, kind: BlockKind, comment: Item) -> Voice | None:
        user = comment.get("author")
        if kind is BlockKind.PINGBACK or not isinstance(user, int) or not isinstance(self.post_author, int):
            return None
        # 0 is everybody without an account, the author on somebody else's computer among them.
        if user == 0 or self.post_author == 0:
            return None
        return Voice.AUTHOR_REPLY if user == self.post_author else Voice.READER

    def _ordered(self) -> Iterator[tuple[int, Item]]:
        shown = {
            _key(comment.get("id"), index): comment
            for index, comment in enumerate(self.comments)
            if _is_shown(comment)
        }
        if len(shown) < len(self.comments):
            self._find(
                "comments-left-out",
                f"{len(self.comments) - len(shown)} comments are not approved or come twice, and are left out",
            )
        answers: dict[str, list[str]] = {}
        orphans: list[str] = []
        for key, comment in shown.items():
            parent = str(comment.get("parent") or "")
            if parent and parent not in shown:
                orphans.append(key)
                parent = ""
            answers.setdefault(parent, []).append(key)
        if orphans:
            named = ", ".join(key[:20] for key in orphans[:10])
            self._find(
                "parent-missing",
                f"{len(orphans)} comments answer one that is not in the file and are read as comments of their own: {named}",
            )
        waiting = [(1, key) for key in reversed(_by_date(answers.get("", []), shown))]
        reached = 0
        while waiting:
            level, key = waiting.pop()
            reached += 1
            yield level, shown[key]
            waiting += [(level + 1, answer) for answer in reversed(_by_date(answers.get(key, []), shown))]
        if reached < len(shown):
            self._find(
                "comments-in-circle",
                f"{len(shown) - reached} comments answer each other in a circle, and are left out",
            )

    def _find(self, code: str, message: str) -> None:
        self.findings.append(
            Finding(
                Severity.WARNING,
                1,
                code,
                message,
                "Fetch all pages of the post's comments again, and compare them with the page.",
            )
        )


def _by_date(keys: Sequence[str], comments: Mapping[str, Item]) -> list[str]:
    # Dates in ISO form sort as text. Comments of the same second keep the order of their ids, which WordPress counts up.
    return sorted(
        keys,
        key=lambda key: (
            str(comments[key].get("date_gmt") or comments[key].get("date") or ""),
            len(key),
            key,
        ),
    )


def _key(comment_id: object, index: int) -> str:
    return str(comment_id) if isinstance(comment_id, (int, str)) else f"#{index}"


def _is_shown(comment: Item) -> bool:
    return str(comment.get("status", "")) in _SHOWN


def _item(item: Item, key: str) -> Item:
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def _rendered(item: Item, key: str) -> str:
    """A field's HTML: WordPress gives `{"rendered": ...}`, other exports the string itself."""
    value = item.get(key)
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) else ""


def _author(post: Item) -> str:
    authors = _item(post, "_embedded").get("author")
    first = authors[0] if isinstance(authors, list) and authors else None
    name = first.get("name") if isinstance(first, dict) else post.get("author_name")
    return name[:100] if isinstance(name, str) else ""


def _clean(data: object) -> object:
    if isinstance(data, str):
        return data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, list):
        return [_clean(item) for item in data]
    if isinstance(data, dict):
        return {str(_clean(key)): _clean(value) for key, value in data.items()}
    return data


def _error(code: str, message: str, mend: str) -> Finding:
    return Finding(Severity.ERROR, 1, code, message, mend)
