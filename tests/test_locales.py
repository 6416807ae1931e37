"""The bot's own words: each message is used, each one used is there, and each renders with what it is given."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot import handlers, locales
from bot.figures.statistics import OUTCOMES
from bot.groups.group_settings import Mode, offered
from bot.handlers.commands import FOR_BOT_ADMINS, FOR_GROUP_ADMINS, FOR_GROUPS, FOR_PRIVATE
from bot.locales import (
    DEFAULT_LANGUAGE,
    Words,
    language_called,
    language_name,
    languages,
    month_and_year,
    not_in,
    words,
)
from bot.remark import Remark
from bot.review.feedback import Opinion
from knowledge.checklist import Response
from knowledge.model import Voice, language_code
from knowledge.outcome import Relief

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = Path(handlers.__file__).parent.parent
CHOICES = [
    f"{field}-{value}"
    for field, values in offered(languages()).items()
    for value in values
    if value not in languages()
]
FAMILIES = {
    "checklist-heard-": [response.value for response in Response],
    "checklist-within-": [response.value for response in Response],
    "checklist-": [response.value for response in Response],
    "relieved-": [relief.name.lower() for relief in Relief if relief],
    "voice-": [voice.value for voice in Voice],
    "command-": sorted({*FOR_PRIVATE, *FOR_GROUPS, *FOR_GROUP_ADMINS, *FOR_BOT_ADMINS}),
    "forgotten-": [
        "waiting",
        "settings",
        "suggestions",
        "remembered",
        "drafts",
        "checklist",
        "written",
        "offers",
    ],
    "help-group-": [mode.value for mode in Mode],
    "decline-group-": [mode.value for mode in Mode],
    "settings-": CHOICES,
    "settings-button-": CHOICES,
    "stats-": OUTCOMES,
    "stats-short-": OUTCOMES,
    "review-did-": ["attach", "wanted", "off-topic", "delete", "undo"],
    "typed-": [remark.value for remark in Remark],
    "feedback-": [opinion.value for opinion in Opinion],
}
"""Messages whose names are put together: the beginning -> the ends."""
SAMPLE = 'a < b & "c" {d}'
LIMITS = {
    "bot-description": 512,
    "bot-short-description": 120,
    "feedback-thanks": 200,
    "feedback-why": 200,
} | {f"command-{name}": 256 for name in FAMILIES["command-"]}


class Variables(Visitor):
    """Collects the variables that a message names."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - its name
        self.names.add(node.id.name)


def catalogue(language: str) -> dict[str, set[str]]:
    """The messages of a catalogue, each with the variables that it names."""
    text = (Path(locales.__file__).parent / f"{language}.ftl").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} is there twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


def code() -> Iterator[ast.AST]:
    """Every node of the bot's source."""
    for file in CODE.rglob("*.py"):
        yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def used() -> set[str]:
    """Names of messages in the bot's source: whole, or put together of a family."""
    strings = {
        node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    joined = {
        node.values[0].value
        for node in code()
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    }
    made = {beginning + end for beginning, ends in FAMILIES.items() if beginning in joined for end in ends}
    return strings | made


def asked_for() -> set[str]:
    """Names that are certainly meant as messages: the first argument of `words(...)`, `say(...)` and the like."""
    names = set()
    for node in code():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in {"words", "say"} and isinstance(node.args[0], ast.Constant | ast.IfExp):
            names |= {
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return names - set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_message_is_used(language: str) -> None:
    assert catalogue(language).keys() - used() == set()


def test_every_message_that_is_asked_for_is_there() -> None:
    assert len(asked_for()) > 20
    assert asked_for() - catalogue(DEFAULT_LANGUAGE).keys() == set()


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_messages_with_the_same_variables(language: str) -> None:
    assert catalogue(language) == catalogue(DEFAULT_LANGUAGE)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", sorted(catalogue(DEFAULT_LANGUAGE)))
def test_every_message_renders_and_keeps_within_telegrams_limits(language: str, name: str) -> None:
    variables = catalogue(language)[name]
    text = Words(language)(name, **dict.fromkeys(variables, SAMPLE))
    assert text.strip()
    assert text.count(SAMPLE) >= len(variables)
    assert not set("{}$\u2068\u2069") & set(text.replace(SAMPLE, ""))
    assert len(text) <= LIMITS.get(name, 3000)


@pytest.mark.parametrize("language", languages())
def test_nothing_is_said_by_a_picture(language: str) -> None:
    """Screen readers read emoji and arrows out by their names, or not at all."""
    text = (Path(locales.__file__).parent / f"{language}.ftl").read_text(encoding="utf-8")
    signs = {character for character in text if unicodedata.category(character) in {"So", "Sk", "Sm"}}
    assert signs <= set("=|>")  # of Fluent, and between words to type
    assert "«" not in text


@pytest.mark.parametrize("language", languages())
def test_a_variable_that_is_not_given_is_a_fault(language: str) -> None:
    for name, variables in catalogue(language).items():
        if variables:
            with pytest.raises(ValueError, match=name):
                Words(language)(name)


def test_a_message_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(LookupError):
        words("en")("no-such-message")


def test_every_sentence_in_another_language_names_what_is_understood_and_whom_to_call() -> None:
    text = (CODE / "locales" / "foreign" / "sentences.ftl").read_text(encoding="utf-8")
    codes = [entry.id.name for entry in FluentParser().parse(text).body if isinstance(entry, ftl.Message)]
    assert len(codes) >= 26
    assert not set(codes) & set(languages())
    for code in codes:
        said, english = not_in(code, ("en", "es"), ("en", "es")).split("\n\n")
        for word in (language_name("en", code), language_name("es", code), "112", "911"):
            assert word in said, code
        assert english.startswith("I\u2019m sorry")


def test_a_language_without_a_sentence_gets_it_in_all_that_are_understood() -> None:
    english, spanish = not_in("ka", ("en", "es"), ("en", "es")).split("\n\n")
    assert "English and Spanish" in english
    assert "inglés y español" in spanish
    assert not_in("es", ("en",), ("en",)).startswith("Lo siento")
    assert not_in("en", ("es",), ("en",)).count("\n\n") == 0


def test_a_language_that_is_not_there_falls_back_to_english() -> None:
    assert languages()[0] == DEFAULT_LANGUAGE == "en"
    assert words("xx") is not None
    assert words("xx")("help") == words("en")("help")


@pytest.mark.parametrize(
    ("tag", "code"), [("es-MX", "es"), ("EN", "en"), ("pt_BR", "pt"), ("", ""), (None, "")]
)
def test_a_region_makes_no_language(tag: str | None, code: str) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Español", "es"), (" espanol ", "es"), ("Spanish", "es"), ("INGLÉS", "en"), ("en", "en"), ("", None)],
)
def test_a_language_is_known_by_any_of_its_names(name: str, code: str | None) -> None:
    assert language_called(name) == code


def test_a_language_is_named_for_its_reader_or_by_itself() -> None:
    assert [language_name("es", "en"), language_name("es"), language_name("en", "es")] == [
        "Spanish",
        "español",
        "inglés",
    ]
    assert [language_name(code, "en") for code in ("qqx", "x", "../en", "")] == ["qqx", "x", "../en", ""]


@pytest.mark.parametrize("published", ["2013", "2013-13", "2013-00", "August", ""])
def test_a_date_of_another_form_is_left_as_it_is(published: str) -> None:
    assert month_and_year(published, "es") == published


def test_a_month_is_called_as_in_the_readers_language() -> None:
    assert [month_and_year("2013-08", reader) for reader in ("en", "es")] == ["August 2013", "agosto de 2013"]
