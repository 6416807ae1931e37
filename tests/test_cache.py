"""The cache: bytes under a key, the newest of them, in a folder that may be somebody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge import cache


def test_bytes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "cache"))
    assert cache.read("key") is None
    assert cache.write("key", b"\0\xff")
    kept = cache.read("key")
    assert kept is not None
    assert bytes(kept) == b"\0\xff"
    with pytest.raises(ValueError, match="cache key"):
        cache.write("../key", b"")


def test_what_was_used_last_is_kept_and_other_files_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path))
    (tmp_path / "photo.jpg").write_bytes(b"")
    for number in range(12):
        cache.write(f"key{number}", b"")
        os.utime(tmp_path / f"advisory-bot-key{number}", (number, number))
    (tmp_path / "advisory-bot-key2").write_bytes(b"used")
    os.utime(tmp_path / "advisory-bot-key2", (2, 2))
    assert cache.read("key2")
    assert cache.write("newest", b"")
    left = {p.name for p in tmp_path.iterdir()}
    assert left == {"photo.jpg", "advisory-bot-newest", *(f"advisory-bot-key{n}" for n in (2, *range(6, 12)))}


def test_nine_languages_do_not_push_each_other_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path))
    languages = ("en", "es", "de", "fr", "it", "pt-BR", "pl", "uk", "tr")
    for language in languages:
        cache.write(f"{language}.first-0.025", b"x")
    assert all(cache.holds(f"{language}.first-0.025") for language in languages)
    for edit in range(12):
        cache.write(f"en.edit{edit}-0.025", b"x")
    assert len([*tmp_path.glob("*-en.*")]) == 8
    assert cache.holds("es.first-0.025")


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADVISORY_BOT_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.folder() == tmp_path / "xdg" / "advisory-bot"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() == tmp_path / "home" / ".cache" / "advisory-bot"


def test_without_a_place_for_it_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("ADVISORY_BOT_CACHE", str(tmp_path / "file" / "cache"))
    assert cache.folder() is None
    assert cache.read("key") is None
    assert not cache.write("key", b"")
