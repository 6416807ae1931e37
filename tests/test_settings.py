"""Settings come from the environment and from `.env`; whatever is wrong is told at once, and no secret with it."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot import settings
from bot.addresses import Address
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
    "WEBHOOK_URL": "http://bot.example.org",
    "WEBHOOK_SECRET": "no secret",
    "LISTEN": "everywhere",
    "METRICS": "yes please",
    "FALSE_ANSWER_RATE": "0.9",
    "LOG_LEVEL": "LOUD",
    "LOG_FORMAT": "xml",
}


@pytest.fixture(autouse=True)
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without `.env`, and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in settings.NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
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


def test_a_file_in_another_encoding_is_told_and_not_repeated(empty_place: Path) -> None:
    (empty_place / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nOPERATOR_NAME=José\n", encoding="latin-1")
    assert faults() == [".env isn't written in UTF-8: save it again in that encoding."]


def test_a_file_that_cant_be_read_is_told(empty_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")  # which root never gets

    (empty_place / ".env").touch()
    monkeypatch.setattr("builtins.open", refuse)
    assert faults() == [".env can't be read: Permission denied."]


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.NAMES:
        monkeypatch.setenv(name, "")
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
        ("MESSAGES_PER_SECOND", "1_0"),
        ("MESSAGES_PER_SECOND", "\N{ARABIC-INDIC DIGIT THREE}\N{ARABIC-INDIC DIGIT ZERO}"),
        ("FALSE_ANSWER_RATE", "0.0_3"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "https:// example.org"),
        ("WEBHOOK_URL", "bot.example.org"),
        ("WEBHOOK_URL", "https://bot.example.org:8080"),
        ("WEBHOOK_URL", "https://bot.example.org:x"),
        ("WEBHOOK_URL", "https://bot.example.org?a=b"),
        ("WEBHOOK_URL", "https://olga@bot.example.org"),
        ("WEBHOOK_URL", "https://bot.example.org/../x"),
        ("WEBHOOK_URL", "https:///telegram"),
        ("WEBHOOK_URL", "https://bot. example.org"),
        ("WEBHOOK_SECRET", "x" * 15),
        ("WEBHOOK_SECRET", "x" * 257),
        ("WEBHOOK_SECRET", "x" * 20 + ",short"),
        ("WEBHOOK_SECRET", "x" * 20 + ","),
        ("LISTEN", "8080"),
        ("LISTEN", "127.0.0.1:70000"),
        ("LISTEN", "::1:8080"),
        ("LISTEN", "127.0.0.1:80:80"),
        ("LISTEN", "a/b:80"),
        ("METRICS", "9090"),
        ("METRICS", "On"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "store.db"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://bot:Tr0ub4@dor@db/bot"),
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
    for picture in (loaded, asdict(loaded), loaded.telegram_bot_token):
        assert TOKEN not in f"{picture} {picture!r}"


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert faults() == [
        ".env is a folder, as Docker makes one where the file to mount is missing: make it a file."
    ]


def test_what_must_not_be_shown_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ["A" * 43 + "=", "B" * 43 + "="]
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("STORE_KEY", ", ".join(keys))
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:p%40ss@db/bot")
    monkeypatch.setenv("WEBHOOK_SECRET", "c" * 20 + "," + "d" * 20)
    half = TOKEN.partition(":")[2]
    expected = {TOKEN, half, *keys, "p%40ss", "p@ss", "c" * 20, "d" * 20}
    assert set(settings.load().secrets) == expected
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/bot?user=bot&password=let%20me%20in")
    assert "let me in" in settings.load().secrets


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
    assert settings.read({"OPERATOR_NAME": name, "OPERATOR_CONTACT": contact}).operator == phrase


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
    assert set(settings.NAMES) == settings._HELP.keys()


def test_the_tests_start_from_an_environment_without_settings() -> None:
    assert not {*settings.NAMES} & os.environ.keys()


# Webhook and metrics


@pytest.mark.parametrize(
    ("given", "root"),
    [
        ("https://bot.example.org", "https://bot.example.org"),
        ("https://bot.example.org/", "https://bot.example.org"),
        (" https://bot.example.org:8443/bots/advisory/ ", "https://bot.example.org:8443/bots/advisory"),
        ("https://[2001:db8::1]:443", "https://[2001:db8::1]:443"),
    ],
)
def test_the_public_root_is_taken_without_a_slash_at_its_end(
    given: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", given)
    assert settings.load().webhook_url == root


def test_a_bot_api_server_of_ones_own_may_post_to_any_port_without_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:8082")
    assert settings.load().webhook_url == "http://127.0.0.1:8082"


def test_telegrams_own_server_is_known_with_a_slash_at_its_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "https://api.telegram.org/")
    assert settings.load().telegram_api_url == settings.TELEGRAM
    monkeypatch.setenv("WEBHOOK_URL", "http://bot.example.org:9999")
    with pytest.raises(settings.SettingsError, match="WEBHOOK_URL"):
        settings.load()


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("0.0.0.0:8080", Address("0.0.0.0", 8080)),  # noqa: S104 - an operator's choice
        (":80", Address("", 80)),
        ("[::1]:0", Address("::1", 0)),
        ("bot-1.internal:65535", Address("bot-1.internal", 65535)),
    ],
)
def test_an_address_is_a_host_and_a_port(
    given: str, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LISTEN", given)
    monkeypatch.setenv("METRICS", given)
    loaded = settings.load()
    assert loaded.listen == loaded.metrics == address
    assert str(loaded.listen) == given


@pytest.mark.parametrize(("given", "shown"), [("on", "on"), ("off", None), ("", None)])
def test_metrics_are_shown_nowhere_unless_that_is_said(
    given: str, shown: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICS", given)
    assert settings.load().metrics == shown


# Secrets in files


@pytest.fixture
def secret_file(empty_place: Path) -> Path:
    """A file with a token, as an editor leaves it."""
    file = empty_place / "token.txt"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    return file


def token() -> str | None:
    loaded = settings.load().telegram_bot_token
    return loaded.get_secret_value() if loaded else None


def test_a_secret_may_stand_in_a_file(secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(secret_file))
    assert token() == TOKEN


def test_a_file_with_a_secret_may_begin_with_the_mark_of_utf_8_as_windows_puts_it(
    secret_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret_file.write_text(f"{TOKEN}\r\n", encoding="utf-8-sig")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(secret_file))
    assert token() == TOKEN


def test_the_env_file_may_name_the_file_and_the_environment_wins_over_it(
    secret_file: Path, empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / ".env").write_text(f"TELEGRAM_BOT_TOKEN_FILE={secret_file}\n", encoding="utf-8")
    assert token() == TOKEN
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN[::-1])
    assert token() == TOKEN[::-1]
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert token() == TOKEN


def test_a_file_in_the_environment_wins_over_a_value_in_the_env_file(
    secret_file: Path, empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN[::-1]}\n", encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(secret_file))
    assert token() == TOKEN


def test_what_stands_in_a_file_is_checked_like_all_else_and_not_repeated(
    empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / "key").write_text("correct horse", encoding="utf-8")
    monkeypatch.setenv("STORE_KEY_FILE", str(empty_place / "key"))
    (fault,) = faults()
    assert fault.startswith("STORE_KEY is not usable: set it to ")
    assert "correct" not in fault


def test_faults_of_files_are_told_with_all_others(secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret_file.with_name("empty").touch()
    secret_file.with_name("large").write_bytes(b"x" * 100_000)
    secret_file.with_name("picture").write_bytes(b"\xff\xd8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(secret_file))
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    for name, file in (("STORE_KEY", "empty"), ("WEBHOOK_SECRET", "picture"), ("DATABASE_URL", "gone")):
        monkeypatch.setenv(f"{name}_FILE", str(secret_file.with_name(file)))
    assert sorted(faults()) == [
        "DATABASE_URL_FILE is not usable: the file that it names can't be read.",
        f"LOG_LEVEL is not usable: set it to {settings._HELP['LOG_LEVEL']}.",
        "STORE_KEY_FILE is not usable: the file that it names is empty.",
        "TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_TOKEN_FILE are both set: keep one of them.",
        "WEBHOOK_SECRET_FILE is not usable: the file that it names can't be read.",
    ]
    monkeypatch.setenv("STORE_KEY_FILE", str(secret_file.with_name("large")))
    assert "STORE_KEY_FILE is not usable: the file that it names can't be read." in faults()
