"""Whatever curators write fits into a message that Telegram takes, and none of it is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import about, browsing, unanswered
from bot.callback_data import Action, pack, unpack
from bot.formatting import MAX_LABEL, MAX_TEXT, cut, label, plain
from bot.locales import words
from bot.rendering import MAX_RELATED, Renderer
from knowledge.model import Advisory, Entry, KnowledgeBase
from knowledge.texts import split_answer
from tests.e2e.any_base import LONG, SAID, TEXTS, bases
from tests.fake_bot_api.entities import utf16_length
from tests.fake_bot_api.markup import Parsed, parse_html

if TYPE_CHECKING:
    from bot.reply import Reply
    from knowledge.answerer import Answerer


def renderer(base: KnowledgeBase, operator: str = "Olga") -> Renderer:
    return Renderer(base, "en", words("en"), operator)


def accepted(reply: Reply) -> Parsed:
    """The message as people see it, when Telegram would take it."""
    parsed = parse_html(reply.html)
    assert parsed.oddities == []
    assert parsed.text.strip()
    assert utf16_length(parsed.text) <= MAX_TEXT
    buttons = [button for row in reply.buttons for button in row]
    assert len(buttons) <= 100
    for button in buttons:
        assert button.text.strip()
        assert bool(button.data) != bool(button.url)
        if button.data:
            assert len(button.data.encode()) <= 64
            payload = unpack(button.data)
            assert payload is not None
            assert pack(payload.action, payload.id) == button.data
    return parsed


def spread(text: str) -> list[str]:
    return text.split()


@settings(max_examples=50)
@given(bases(), st.booleans(), st.booleans())
def test_any_answer_is_a_message_that_telegram_takes(
    base: KnowledgeBase,
    folded: bool,
    browsing: bool,
) -> None:
    for entry in base.entries["en"].values():
        parsed = accepted(renderer(base).answer(entry, folded=folded, browsing=browsing))
        bold = [e for e in parsed.entities if e["type"] == "bold"]
        assert [entity["offset"] for entity in bold] == [0]


@settings(max_examples=25)
@given(bases())
def test_everything_else_is_a_message_that_telegram_takes(base: KnowledgeBase) -> None:
    shows, entries = renderer(base), list(base.entries["en"].values())
    replies = [
        unanswered.clarify(shows, entries[:3]),
        unanswered.decline(shows),
        unanswered.none_chosen(shows),
        shows.not_there(),
    ]
    replies += [unanswered.decline(shows, language) for language in ("de", "es", "ar", "und")]
    replies += [about.greeting(shows), browsing.topics(shows), about.sources(shows)]
    replies += [about.privacy(shows, 20, 120)]
    replies += [about.ask_how(shows, group=group) for group in (False, True)]
    replies += [about.sources(shows, entry) for entry in entries]
    replies += [reply for topic in base.topics["en"] if (reply := browsing.topic(shows, topic))]
    for reply in replies:
        accepted(reply)


@settings(max_examples=25)
@given(bases())
def test_an_answer_that_fits_is_shown_whole(base: KnowledgeBase) -> None:
    for entry in base.entries["en"].values():
        if utf16_length(entry.answer) + utf16_length(entry.outside) <= 1500:
            shown = spread(parse_html(renderer(base).answer(entry).html).text)
            answer = spread(entry.answer.replace("{operator}", "Olga"))
            assert shown[: len(answer)] == answer


def test_what_is_urgent_is_offered_before_the_answer_and_a_second_question_after_it(
    answerer: Answerer,
) -> None:
    entries = answerer.entries()
    for language in ("en", "es"):
        shows = Renderer(answerer.base, language, words(language), "Olga")
        first = split_answer(shows.filled(entries["clinic-names"].answer))[0]
        for also, before in (("emergency", True), ("advisory-author", False)):
            reply = shows.answer(entries["clinic-names"], also=entries[also])
            told = accepted(reply).text
            named = told.index(label(entries[also].question))
            assert (named < told.index(first)) == before
            assert reply.buttons[0][0].data == pack(Action.SHOW, also)
            assert reply.buttons[0][0].heard


def test_a_guardrail_that_is_not_urgent_is_a_mere_button(answerer: Answerer) -> None:
    shows, entries = renderer(answerer.base), answerer.entries()
    alone = shows.answer(entries["clinic-names"])
    reply = shows.answer(entries["clinic-names"], also=entries["legal-advice"])
    assert reply.html == alone.html
    assert reply.buttons[0][0].data == pack(Action.SHOW, "legal-advice")
    assert not any(button.heard for row in reply.buttons[:-1] for button in row)


def test_every_bundled_entry_is_a_message_that_telegram_takes_and_is_shown_whole(answerer: Answerer) -> None:
    shows = renderer(answerer.base)
    for entry in answerer.entries().values():
        for folded in (False, True):
            shown = spread(accepted(shows.answer(entry, folded=folded)).text)
            filled = spread(shows.filled(entry.answer))
            assert shown[: len(filled)] == filled, entry.id
        accepted(about.sources(shows, entry))


@given(LONG, st.integers(-5, 5000))
def test_a_cut_text_fits_and_is_the_beginning_of_the_whole(text: str, room: int) -> None:
    shown = cut(text, room)
    assert utf16_length(shown) <= max(room, 0)
    assert shown in (text, "") or text.startswith(shown.removesuffix(" …"))


@given(st.one_of(SAID, st.text(alphabet=" .,;:x\n", max_size=200).map(str.strip).filter(bool)))
def test_a_label_is_short_and_never_empty(text: str) -> None:
    shown = label(text)
    assert 0 < len(shown) <= MAX_LABEL
    assert shown == " ".join(text.split()) or shown.endswith("…")


def test_a_long_label_ends_with_a_word() -> None:
    assert label("word " * 30) == "word " * 10 + "word…"
    assert label("w" * 100) == "w" * (MAX_LABEL - 1) + "…"


@given(TEXTS)
def test_plain_text_reads_as_the_message_does(text: str) -> None:
    base = KnowledgeBase(Advisory("a", "T"), {}, {"en": {}}, {"en": {}})
    entry = Entry("x", "Q", text or "A")
    reply = renderer(base).answer(entry)
    assert plain(reply.html) == parse_html(reply.html).text


class TestParts:
    """One small knowledge base, part by part."""

    def shows(self, answerer: Answerer, operator: str = "Olga") -> Renderer:
        return renderer(answerer.base, operator)

    def text(self, answerer: Answerer, entry_id: str, operator: str = "Olga") -> str:
        return plain(self.shows(answerer, operator).answer(answerer.entries()[entry_id]).html)

    def test_the_source_says_whose_word_it_is(self, small_answerer: Answerer) -> None:
        text = self.text(small_answerer, "parking")
        source = "Source: the document (A1); a reader\u2019s comment (not verified) (C1)."
        assert f"{source} Olga Owner, The House, May 2020" in text
        assert text.endswith("The landlady has the last word.")

    def test_a_gap_has_no_source_and_a_courtesy_not_even_a_disclaimer(self, small_answerer: Answerer) -> None:
        assert "Source: none" in self.text(small_answerer, "cats")
        assert self.text(small_answerer, "hello") == "Hello. I know the rules of the house.".replace(
            ". ", ".\n\n"
        )

    def test_nothing_weakens_a_guardrail_with_no_source(self, small_answerer: Answerer) -> None:
        entry = small_answerer.entries()["fire"]
        show = self.shows(small_answerer).answer
        assert plain(show(entry).html).endswith("The landlady has the last word.")
        assert plain(show(replace(entry, cites=())).html) == "Get out and call the fire brigade."

    def test_without_author_and_passages_there_are_no_empty_brackets_and_no_missing_source(
        self, small_answerer: Answerer
    ) -> None:
        plainest = replace(small_answerer.base, advisory=Advisory("parks", "Parks"), passages={})
        shows = renderer(plainest)
        assert about.greeting(shows).html.startswith("Hello. I answer questions about “Parks”.\n")
        for entry_id in ("parking", "cats"):
            sources = about.sources(shows, small_answerer.entries()[entry_id])
            assert plain(sources.html) == words("en")("sources-unnamed")
        assert plain(about.sources(shows).html) == words("en")("sources-unnamed")
        assert plain(about.sources(shows, small_answerer.entries()["hello"]).html) == words("en")(
            "source-bot"
        )

    def test_a_language_is_offered_where_there_are_answers_in_it(
        self, answerer: Answerer, small_answerer: Answerer
    ) -> None:
        offer = words("es")("language-offer")
        assert offer in plain(about.greeting(renderer(answerer.base)).html)
        assert offer not in plain(about.greeting(renderer(small_answerer.base)).html)

    def test_what_is_not_from_the_advisory_is_marked_as_such(self, small_answerer: Answerer) -> None:
        text = self.text(small_answerer, "bicycles")
        assert "Not from the document: The city has bicycle stands as well." in text

    @pytest.mark.parametrize(("operator", "named"), [("Olga & Co", "Olga & Co"), ("", "given a name here")])
    def test_the_operator_is_filled_in(self, small_answerer: Answerer, operator: str, named: str) -> None:
        assert named in self.text(small_answerer, "bicycles", operator)
        assert named in plain(about.privacy(self.shows(small_answerer, operator), 20, 120).html)

    def test_no_more_related_questions_than_fit_the_eye(self, small_answerer: Answerer) -> None:
        entry = small_answerer.entries()["parking"]
        others = ("bicycles", "cats", "fire", "hello", "parking", "not-there")
        rows = self.shows(small_answerer).answer(replace(entry, related=others)).buttons
        assert [button.data for row in rows for button in row] == [
            *(f"e:{other}" for other in others[:MAX_RELATED]),
            "s:parking",
        ]

    def test_while_browsing_the_way_leads_back(self, small_answerer: Answerer) -> None:
        entries, shows = small_answerer.entries(), self.shows(small_answerer)
        rows = shows.answer(entries["parking"], browsing=True).buttons
        assert [button.data for row in rows for button in row] == ["s:parking", "t:parking"]
        rows = shows.answer(replace(entries["cats"], topic=""), browsing=True).buttons
        assert [button.data for row in rows for button in row] == ["l:"]

    def test_without_topics_everything_is_one_list(self, small_answerer: Answerer) -> None:
        base = small_answerer.base
        flat = {id_: replace(entry, topic="") for id_, entry in base.entries["en"].items()}
        rows = browsing.topics(renderer(replace(base, entries={"en": flat}, topics={"en": {}}))).buttons
        assert {row[0].data for row in rows} == {"b:parking", "b:bicycles", "b:cats", "b:fire"}

    def test_courtesies_are_nobodys_question(self, small_answerer: Answerer) -> None:
        reply = browsing.topic(self.shows(small_answerer), "house")
        assert reply is not None
        assert [row[0].data for row in reply.buttons] == ["b:cats", "b:fire", "l:"]
        assert browsing.topic(self.shows(small_answerer), "garden") is None

    def test_a_curator_names_the_document(self, small_answerer: Answerer) -> None:
        base = small_answerer.base
        named = replace(base, advisory=replace(base.advisory, called={"en": "the house rules"}))
        shows = replace(self.shows(small_answerer), base=named)
        text = plain(about.sources(shows, named.entries["en"]["parking"]).html)
        assert "A1 (the house rules): cars go" in text
        assert shows.document.called() == "the house rules"
        assert replace(shows, language="es", words=words("es")).document.called() == "el documento"

    def test_no_checklist_is_spoken_of_where_there_is_none(self, small_answerer: Answerer) -> None:
        assert "/checklist" not in about.privacy(self.shows(small_answerer), 20, 2).html

    def test_sources_are_told_in_short(self, small_answerer: Answerer) -> None:
        shows, entries = self.shows(small_answerer), small_answerer.entries()
        text = plain(about.sources(shows, entries["parking"]).html)
        assert "A1 (the document): cars go behind the house & nowhere else" in text
        assert plain(about.sources(shows, entries["cats"]).html) == words("en")(
            "source-none", document="the document"
        )
        told = plain(about.sources(shows, entries["hello"]).html)
        assert told.startswith(words("en")("source-bot"))
        assert "numbered passages" in told

    def test_sources_are_told_in_the_readers_language_or_it_is_said_that_they_are_not(
        self, small_answerer: Answerer
    ) -> None:
        base, entry = small_answerer.base, small_answerer.entries()["parking"]
        only = words("es")("only-in", language="inglés")

        def told(base: KnowledgeBase) -> str:
            return plain(about.sources(Renderer(base, "es", words("es")), entry).html)

        assert only in told(base)
        assert "cars go behind the house" in told(base)
        told_in_spanish = {
            id_: replace(p, translations={"es": f"resumen de {id_}"}) for id_, p in base.passages.items()
        }
        translated = replace(base, passages=told_in_spanish)
        assert only not in told(translated)
        assert "A1 (el documento): resumen de A1" in told(translated)
