"""The nouns of a knowledge base: plain, frozen values with no behaviour beyond look-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from knowledge.checklist import Checklist
from knowledge.places import NOWHERE, Location, Placed


class Voice(StrEnum):
    """Whose words a passage holds."""

    ADVISORY = "advisory"
    AGENCY = "agency"
    READER = "reader"
    AUTHOR_REPLY = "author-reply"
    PINGBACK = "pingback"


class Kind(StrEnum):
    """What an entry is for."""

    FAQ = "faq"
    """The advisory or its comments answer this."""
    GAP = "gap"
    """People ask this and the page doesn't cover it: the answer says so."""
    GUARDRAIL = "guardrail"
    """A safe redirect that wins over any ordinary entry."""
    CHITCHAT = "chitchat"
    """About the bot itself, or a courtesy."""


class OffTopic(StrEnum):
    """Kinds of messages that no entry answers."""

    NEAR = "near"
    """Close to the subject, answered by no entry."""
    FAR = "far"
    """Anything else that people type to a bot."""
    CHATTER = "chatter"
    """What people in a group say to each other."""


@dataclass(frozen=True, slots=True)
class Advisory(Placed):
    """The document that a knowledge base is built from."""

    id: str
    title: str
    author: str = ""
    publisher: str = ""
    published: str = ""
    """Year and month, `YYYY-MM`; empty where unknown."""
    url: str = ""
    languages: tuple[str, ...] = ("en",)
    """Language codes; the first one is the default."""
    disclaimer: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Language code -> the line shown under answers from the document."""
    called: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Language code -> what the document is called in a sentence, such as "the advisory"."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One citable block of the advisory's page; the text itself stays on the page."""

    id: str
    voice: Voice
    gist: str
    """What it says, in the curators' own words."""
    position: int = 0
    """1 for the first line of the page as text."""
    fingerprint: str = ""
    """Hash of the normalised text (see `importer.fingerprint`); empty where unknown."""
    parent: str = ""
    """The comment that this one replies to; empty for none."""
    location: Location = NOWHERE
    translations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Language -> the gist in it; the gist itself is in the default language."""

    def gist_in(self, language: str) -> str:
        """The gist in a language, or as it is where it isn't translated."""
        return self.translations.get(language) or self.gist


@dataclass(frozen=True, slots=True)
class Entry(Placed):
    """One question with its fixed answer, in one language."""

    id: str
    question: str
    answer: str
    """Paragraphs parted by a blank line; the first sentence stands alone."""
    kind: Kind = Kind.FAQ
    topic: str = ""
    language: str = "en"
    phrasings: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    follow_ups: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )
    """Entry id -> what people type who have just read this answer, and mean that one."""
    outside: str = ""
    """A pointer that doesn't come from the advisory; always shown as such."""
    urgent: bool = False
    """A guardrail for life and limb: its answer stands before all others, and alone."""
    refuses: tuple[str, ...] = ()
    """Acts that a guardrail is about, a word each: who says that they won't do them isn't answered with it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of entries to browse."""

    id: str
    title: str
    language: str = "en"
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class OffTopicMessage:
    """A message that no entry answers, for the policy to learn from."""

    text: str
    kind: OffTopic
    language: str = "en"
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True, order=True)
class LearnedPhrasing:
    """Another way to ask an entry's question, accepted by maintainers and not in the files yet."""

    language: str
    entry_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Stolen:
    """A phrasing that the trained matcher, although it was trained on it, gives to another entry, or would if it hadn't been."""

    entry_id: str
    phrasing_index: int
    """Counted from 0."""
    language: str
    thief_id: str
    thief_phrasing: str
    """The phrasing of the thief that drew it away; empty where unknown."""
    share: float | None
    """What the classifier gives to the wrong entry, from 0 to 1; None where it has learned the phrasing by heart."""


def language_code(tag: str | None) -> str:
    """The language of a tag such as `es-MX`, without its region; empty where there is none."""
    return (tag or "").replace("_", "-").partition("-")[0].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordClass(Placed):
    """Words of one kind, of which one is as good as another to matching: places abroad, say."""

    name: str
    language: str
    words: tuple[str, ...]
    """As they are written; one may be several, as "New York" is. Their places are `NAME[0]` and so on, with the class's name."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """An advisory, its passages and every language's entries."""

    advisory: Advisory
    passages: Mapping[str, Passage]
    entries: Mapping[str, Mapping[str, Entry]]
    """Language code -> entry id -> entry, in file order."""
    topics: Mapping[str, Mapping[str, Topic]]
    """Language code -> topic id -> topic, in file order."""
    off_topic: tuple[OffTopicMessage, ...] = ()
    content_hash: str = ""
    """SHA-256 of the files read, in hexadecimal."""
    checklists: Mapping[str, Checklist] = field(default_factory=lambda: MappingProxyType({}))
    """Language code -> its checklist; many a knowledge base has none."""
    word_classes: tuple[WordClass, ...] = ()
    """Every language's, in file order."""
    learned: tuple[LearnedPhrasing, ...] = ()
    """What is in `entries` besides the files, in ascending order: the last phrasings of each entry."""

    @property
    def default_language(self) -> str:
        """The language used where the asker's isn't loaded."""
        return self.advisory.languages[0]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have entries, in file order."""
        return tuple(language for language, entries in self.entries.items() if entries)

    def language_for(self, wanted: str | None) -> str:
        """The loaded language for a code such as `es` or `es-MX`, or the default one where that has no entry."""
        code = language_code(wanted)
        return code if self.entries.get(code) else self.default_language

    def entries_for(self, language: str) -> Mapping[str, Entry]:
        """All entries by id for readers of a language, each translated where it is; the default language's order."""
        default = self.entries[self.default_language]
        return default if language == self.default_language else {**default, **self.entries.get(language, {})}

    def topics_for(self, language: str) -> Mapping[str, Topic]:
        """All topics by id, as in `entries_for`."""
        return {**self.topics.get(self.default_language, {}), **self.topics.get(language, {})}

    def checklist_for(self, language: str) -> Checklist | None:
        """The checklist in a language, or in the default one where it isn't translated; None where there is none."""
        return self.checklists.get(language) or self.checklists.get(self.default_language)

    def entry(self, entry_id: str, language: str | None = None) -> Entry | None:
        """An entry in a language, or in the default one where it isn't translated."""
        found = self.entries[self.language_for(language)].get(entry_id)
        return found or self.entries[self.default_language].get(entry_id)
