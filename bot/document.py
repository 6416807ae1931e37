"""How the document is described: its origin, whose word a passage is, the disclaimer under answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.formatting import MAX_LABEL, MAX_NOTE, MAX_TITLE, cut, escape
from bot.locales import Words, month_and_year
from knowledge.model import Entry, Kind, KnowledgeBase, Passage, Voice


@dataclass(frozen=True, slots=True)
class Document:
    """A knowledge base's document, described in one language; attributes as for `Renderer`."""

    base: KnowledgeBase
    language: str
    words: Words

    def origin(self) -> str:
        """The document in short: its author, publisher and date."""
        advisory = self.base.advisory
        date = month_and_year(advisory.published, self.words.language)
        return cut(", ".join(part for part in (advisory.author, advisory.publisher, date) if part), MAX_TITLE)

    def voice(self, voice: Voice) -> str:
        """Whose word something is, as the catalogue names them."""
        return self.words(f"voice-{voice}", document=self.called())

    def called(self) -> str:
        """What the document is called in a sentence, such as "the advisory"."""
        named = self.base.advisory.called.get(self.words.language, "")
        return cut(named, MAX_LABEL) or self.words("document-called")

    def unsourced(self) -> str:
        """That an answer rests on no passage."""
        return self.words("source-none", document=self.called())

    def source(self, cites: Sequence[str]) -> str:
        """Whose word it is and where it is found, with a link to the page; empty where no passage is cited."""
        passages = [self.base.passages[c] for c in cites if c in self.base.passages]
        if not passages:
            return ""
        voices: dict[Voice, list[Passage]] = {}
        for passage in passages:
            voices.setdefault(passage.voice, []).append(passage)
        who = "; ".join(f"{self.voice(v)} ({', '.join(p.id for p in ps)})" for v, ps in voices.items())
        return f"{escape(self.words('source-line', who=cut(who, MAX_NOTE)))} {self._link()}".strip()

    def source_of(self, entry: Entry) -> str:
        """The source of an entry's answer, or that there is none where one is missed; empty where none is."""
        none = self.unsourced() if entry.kind is Kind.GAP and self.base.passages else ""
        return self.source(entry.cites) or escape(none)

    def _link(self) -> str:
        origin = escape(self.origin())
        url = self.base.advisory.url
        return f'<a href="{escape(url)}">{origin}</a>' if url and origin else origin

    def disclaimer_text(self) -> str:
        """The line under answers from the document as plain text; empty where there is none."""
        lines, default = self.base.advisory.disclaimer, self.base.default_language
        return cut(lines.get(self.language) or lines.get(default, ""), MAX_NOTE)

    def disclaimer(self) -> str:
        """The line under answers from the document; empty where there is none."""
        text = self.disclaimer_text()
        return f"<i>{escape(text)}</i>" if text else ""

    def disclaimer_of(self, entry: Entry) -> str:
        """The line, where an entry's answer is from the document; empty where it isn't."""
        if entry.kind is Kind.GUARDRAIL and self.base.passages:
            # "Call an ambulance" is from no document, and nothing may weaken it.
            return self.disclaimer() if entry.cites else ""
        return "" if entry.kind is Kind.CHITCHAT else self.disclaimer()
