"""Settings come from the environment and from `.env`; whatever is wrong is told at once, and no secret with it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot import settings
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "123456789:AAFakeTokenForTests_0123456789abcdefg"
BAD = {
    "TELEGRAM_API_URL": "bots.example.org",
    "DATABASE_URL": "mysql://localhost/bot",
    "STORE_KEY": "correct horse battery staple",
    "OPERATOR_NAME": "x" * 101,
    "OPERATOR_CONTACT": "x" * 201,
    "ADMIN_IDS": "@olga",
    "FALSE_ANSWER_RATE": "0.9",
    "LOG_LEVEL": "LOUD",
}


@pytest.fixture(autouse=True)
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without `.env`, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def faults() -> list[str]:
    with pytest.raises(SettingsError) as caught:
        settings.load()
    return caught.value.faults


def test_nothing_has_to_be_set() -> None:
    loaded = settings.load()
    assert loaded.telegram_bot_token is None
    assert loaded.knowledge_dir is None
    assert (loaded.telegram_api_url, loaded.log_level) == ("https://api.telegram.org", "INFO")
    assert loaded.operator == ""


def test_the_environment_wins_over_the_file(empty_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_place / ".env").write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\nOPERATOR_NAME=José\nLOG_LEVEL=ERROR\nSOMETHING_ELSE=1\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    loaded = settings.load()
    assert loaded.telegram_bot_token is not None
    assert loaded.telegram_bot_token.get_secret_value() == TOKEN
    assert (loaded.operator_name, loaded.log_level) == ("José", "DEBUG")


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert settings.load() == Settings()


def test_a_token_copied_with_blanks_is_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f" {TOKEN}\n")
    token = settings.load().telegram_bot_token
    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_value_gets_a_sentence_with_its_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, BAD[name])
    (fault,) = faults()
    assert fault.startswith(f"{name} is not usable: set it to ")
    assert "another value" not in fault
    assert BAD[name] not in fault


def test_all_bad_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in BAD.items():
        monkeypatch.setenv(name, value)
    assert sorted(fault.split()[0] for fault in faults()) == sorted(BAD)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API_URL", "ftp://example.org"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "https:// example.org"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "store.db"),
        ("DATABASE_URL", "postgresql://"),
        ("STORE_KEY", "A" * 44),
        ("STORE_KEY", "A" * 43 + "=,"),
        ("STORE_KEY", "A" * 43 + "=;" + "A" * 43 + "="),
        ("ADMIN_IDS", "0"),
        ("ADMIN_IDS", "-100123"),
        ("ADMIN_IDS", "1,,x"),
        ("ADMIN_IDS", "[1]"),
        ("ADMIN_IDS", "٣"),
        ("ADMIN_IDS", "9" * 17),
        ("ADMIN_IDS", "1,1087968824"),
        ("FALSE_ANSWER_RATE", "0"),
        ("FALSE_ANSWER_RATE", "nan"),
        ("FALSE_ANSWER_RATE", "three"),
        ("LOG_LEVEL", "debug "),
    ],
)
def test_other_bad_values(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert [fault.split()[0] for fault in faults()] == [name]


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(BAD)), st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=60)
)
def test_no_fault_and_no_setting_shows_the_token(name: str, prefix: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        monkeypatch.setenv(name, prefix + TOKEN)
        try:
            told = repr(settings.load().telegram_bot_token)
        except SettingsError as error:
            told = str(error)
    assert TOKEN not in told


def test_the_token_is_in_no_picture_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    loaded = settings.load()
    for picture in (repr(loaded), str(loaded), loaded.model_dump_json()):
        assert TOKEN not in picture


@pytest.mark.parametrize(
    ("name", "contact", "phrase"),
    [
        ("", "", ""),
        ("Olga", "", "Olga"),
        ("", "olga@example.org", "olga@example.org"),
        (" Olga ", "olga@example.org", "Olga (olga@example.org)"),
    ],
)
def test_the_operator_is_named_in_a_phrase(name: str, contact: str, phrase: str) -> None:
    assert Settings(operator_name=name, operator_contact=contact).operator == phrase


@pytest.mark.parametrize(
    ("given", "ids"),
    [("", set()), ("5", {5}), ("5,6", {5, 6}), (" 5, 6,\n5 ", {5, 6}), ("8000000000", {8_000_000_000})],
)
def test_admins_are_ids_with_commas_between(
    given: str, ids: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_IDS", given)
    assert settings.load().admin_ids == ids


def test_every_setting_that_can_be_wrong_has_its_own_advice() -> None:
    assert {name.upper() for name in Settings.model_fields} - settings._HELP.keys() == set()


def test_the_tests_start_from_an_environment_without_settings() -> None:
    assert not {name.upper() for name in Settings.model_fields} & os.environ.keys()
