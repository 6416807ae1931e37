"""What is shipped around the code: image, compose file, locked dependencies, settings to copy, the one check."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
import tomllib
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from dotenv import dotenv_values
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from bot import settings
from bot.modes import READY_FILE
from bot.settings import IN_FILES, Settings
from knowledge.dictionary import dictionary

ROOT: Final = Path(__file__).parents[1]
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK: Final = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def dockerfile() -> list[tuple[str, str]]:
    """Instructions and their arguments, continued lines joined."""
    lines = [line for line in text("Dockerfile").splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    found = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(word, " ".join(rest.split())) for word, rest in found]


def arguments(instruction: str) -> list[str]:
    return [rest for word, rest in dockerfile() if word == instruction]


def last_stage() -> list[tuple[str, str]]:
    found = dockerfile()
    start = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[start:]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(text("docker-compose.yml"))
    return loaded


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def service() -> dict[str, Any]:
    """What runs when nothing is asked for: one bot that polls."""
    (only,) = (one for one in services().values() if "profiles" not in one)
    return only


def pins() -> dict[str, list[str]]:
    """Package -> the versions that the lock has of it; there may be one for each Python."""
    found: dict[str, list[str]] = {}
    for name, pinned in re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(pinned)
    return found


# The image


def test_the_base_image_has_a_tag_and_a_python_that_the_project_runs_on() -> None:
    images = {image.split()[0] for image in arguments("FROM")}
    assert len(images) == 1
    tagged = re.fullmatch(r"python:(\d+\.\d+)-slim", images.pop())
    assert tagged
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(tagged[1])


def test_dependencies_are_installed_with_hashes_and_the_project_without_any() -> None:
    installs = [run for run in arguments("RUN") if "pip install" in run]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "-r requirements.lock" in installs[0]
    assert "--no-deps" in installs[1]


def test_the_image_does_not_run_as_root() -> None:
    users = [rest for word, rest in last_stage() if word == "USER"]
    uid, gid = users[-1].split(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert f"--uid {uid}" in " ".join(arguments("RUN"))


def test_the_index_is_made_as_the_user_that_reads_it() -> None:
    words = [word for word, _ in last_stage()]
    made = next(
        n for n, (word, rest) in enumerate(last_stage()) if word == "RUN" and "advisory-bot ask" in rest
    )
    assert words.index("USER") < made < words.index("VOLUME")


def test_the_image_stops_on_sigterm_and_runs_the_bot() -> None:
    assert arguments("STOPSIGNAL") == ["SIGTERM"]
    assert json.loads(arguments("ENTRYPOINT")[-1]) == ["advisory-bot"]
    assert json.loads(arguments("CMD")[-1]) == ["run"]


@pytest.mark.parametrize(("age", "healthy"), [(5, True), (55, True), (130, False), (None, False)])
def test_the_image_is_healthy_while_the_bot_says_now_and_then_that_it_is_ready(
    tmp_path: Path, age: int | None, *, healthy: bool
) -> None:
    (check,) = arguments("HEALTHCHECK")
    command = json.loads(check[check.index("CMD") + 3 :])
    file = tmp_path / "ready"
    if age is not None:
        file.touch()
        os.utime(file, (time.time() - age,) * 2)
    given = {READY_FILE: str(file), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=given, capture_output=True, check=False, timeout=60)  # noqa: S603 - ours
    assert (done.returncode == 0) == healthy


def test_what_says_that_the_bot_is_ready_lies_where_any_container_can_write() -> None:
    (file,) = re.findall(rf"{READY_FILE}=(\S+)", " ".join(arguments("ENV")))
    ours = [one for one in services().values() if "build" in one]
    assert all(one["tmpfs"][0].startswith(f"{Path(file).parent}:") for one in ours)


def test_only_what_the_image_needs_is_sent_to_the_builder() -> None:
    rules = [line for line in text(".dockerignore").splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_in = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    copied = {
        name for rest in arguments("COPY") if not rest.startswith("--from") for name in rest.split()[:-1]
    }
    assert let_in == copied
    assert "**/.env" in rules


# Compose


def data_folder() -> str:
    (folder,) = re.findall(r"ADVISORY_BOT_CACHE=(\S+)", " ".join(arguments("ENV")))
    return str(folder)


def test_the_service_can_write_to_its_data_alone() -> None:
    assert service()["volumes"] == [f"data:{data_folder()}"]
    assert arguments("VOLUME") == [data_folder()]


def test_without_a_profile_one_bot_polls_and_with_it_replicas_have_a_database_and_a_proxy() -> None:
    assert service() is not None
    others = {name: one for name, one in services().items() if "profiles" in one}
    assert others.keys() == {"replica", "proxy", "postgres"}
    assert all(one["profiles"] == ["replicas"] for one in others.values())


@pytest.mark.parametrize("name", sorted(services()))
def test_no_service_has_rights_or_places_that_it_does_not_need(name: str) -> None:
    one = services()[name]
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not one.keys() & {"privileged", "cap_add", "network_mode", "pid", "ipc", "devices"}
    if "build" in one:
        assert "user" not in one, "the image's own"
    else:
        uid, gid = map(int, one["user"].split(":"))
        assert uid > 0
        assert gid > 0
        assert re.fullmatch(r"[a-z]+:[0-9.]+-alpine", one["image"])
    mounts = [volume for volume in one["volumes"] if volume.startswith((".", "/"))]
    assert all(mount.endswith(":ro") for mount in mounts)
    assert all((ROOT / mount.split(":")[0]).is_file() for mount in mounts)


@pytest.mark.parametrize("name", sorted(services()))
def test_every_service_is_bounded_watched_and_comes_back(name: str) -> None:
    one = services()[name]
    assert one["restart"] == "unless-stopped"
    assert one.keys() >= {"mem_limit", "cpus", "pids_limit", "healthcheck", "logging", "stop_grace_period"}


def test_the_proxy_alone_is_open_to_the_world_and_the_database_has_no_way_out() -> None:
    assert [name for name, one in services().items() if "ports" in one] == ["proxy"]
    (port,) = services()["proxy"]["ports"]
    config = text("deploy/nginx.conf")
    assert f"listen {port.split(':')[1]} ssl;" in config
    assert services()["postgres"]["networks"] == ["inside"]
    assert compose()["networks"]["inside"] == {"internal": True}
    (behind,) = re.findall(r"set \$replicas ([a-z]+):(\d+);", config)
    assert services()[behind[0]]["environment"]["LISTEN"] == f":{behind[1]}"
    assert services()[behind[0]]["environment"]["METRICS"] != f":{behind[1]}", "not at the proxied port"


def test_what_a_replica_is_told_are_settings_and_its_secrets_are_in_files_alone() -> None:
    told = services()["replica"]["environment"]
    names = set(settings.NAMES)
    assert told.keys() <= names | {f"{name}_FILE" for name in IN_FILES}
    for name in ("TELEGRAM_BOT_TOKEN", "STORE_KEY", "DATABASE_URL"):
        # Whatever .env says of it.
        assert told[name] == ""
        assert told[f"{name}_FILE"] == f"/run/secrets/{name.lower()}"
    assert services()["replica"]["env_file"] == service()["env_file"] == ".env"


def test_a_replica_without_an_address_does_not_poll() -> None:
    given = services()["replica"]["environment"]["WEBHOOK_URL"]
    default = re.fullmatch(r"\$\{WEBHOOK_URL:-(.+)\}", given)
    assert default
    assert default[1].endswith(".invalid")
    assert settings.read({"WEBHOOK_URL": default[1]}).webhook_url == default[1]


def test_every_secret_that_is_used_is_declared_and_made() -> None:
    declared = compose()["secrets"]
    used = {secret for one in services().values() for secret in one.get("secrets", [])}
    assert used == declared.keys()
    assert all(one == {"file": f"deploy/secrets/{name}"} for name, one in declared.items())
    assert "deploy/secrets/" in text(".gitignore").splitlines()
    config = text("deploy/nginx.conf")
    assert set(re.findall(r"/run/secrets/(\w+)", config)) == set(services()["proxy"]["secrets"])


def make_secrets(folder: Path, token: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a copy of the file that is shipped
        [folder / "make-secrets"], input=token, capture_output=True, text=True, check=False, timeout=60
    )


def test_secrets_are_made_once_in_a_closed_folder_and_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "deploy" / "make-secrets", tmp_path)
    token = "123456789:AAFakeTokenForTests_0123456789abcdefg"
    first = make_secrets(tmp_path, f"{token}\n")
    assert (first.returncode, first.stderr) == (0, "")
    assert token not in first.stdout
    folder = tmp_path / "secrets"
    assert folder.stat().st_mode & 0o077 == 0
    made = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    needed = {Path(one["file"]).name for one in compose()["secrets"].values()}
    assert made.keys() | set(services()["proxy"]["secrets"]) == needed
    assert all(f"deploy/secrets/{name}" in first.stdout for name in needed)
    # The containers' users aren't the folder's.
    assert all(file.stat().st_mode & 0o777 == 0o644 for file in folder.iterdir())

    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "STORE_KEY", "DATABASE_URL"):
        monkeypatch.setenv(f"{name}_FILE", str(folder / name.lower()))
    loaded = settings.load()
    assert loaded.telegram_bot_token is not None
    assert loaded.telegram_bot_token.get_secret_value() == token
    told = services()["postgres"]["environment"]
    password = made["postgres_password"].strip()
    assert len(password) >= 32
    assert (
        loaded.database_url
        == f"postgresql://{told['POSTGRES_USER']}:{password}@postgres/{told['POSTGRES_DB']}"
    )

    second = make_secrets(tmp_path, "")
    assert second.returncode == 0
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == made


def test_a_token_may_come_without_a_line_end(tmp_path: Path) -> None:
    shutil.copy(ROOT / "deploy" / "make-secrets", tmp_path)
    assert make_secrets(tmp_path, "123456789:AAFake").returncode == 0
    assert (tmp_path / "secrets" / "telegram_bot_token").read_text(encoding="utf-8") == "123456789:AAFake\n"


@pytest.mark.parametrize("given", ["hello\n", ""])
def test_no_secrets_are_made_without_a_token(tmp_path: Path, given: str) -> None:
    shutil.copy(ROOT / "deploy" / "make-secrets", tmp_path)
    refused = make_secrets(tmp_path, given)
    assert refused.returncode == 2
    assert "that is no token" in refused.stderr
    assert list((tmp_path / "secrets").iterdir()) == []


# What is locked


def test_the_lock_covers_what_the_project_asks_for() -> None:
    locked = pins()
    for asked in map(Requirement, PROJECT["project"]["dependencies"]):
        versions = locked.get(canonicalize_name(asked.name), [])
        assert versions, f"{asked.name} is missing from requirements.lock: run 'make lock'"
        assert all(asked.specifier.contains(v) for v in versions), f"{asked} is not met by {versions}"


def test_every_locked_package_has_hashes() -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK)
    assert len(blocks) == sum(map(len, pins().values()))
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_host() -> None:
    options = {line.split("=")[0].strip() for line in LOCK.splitlines() if line.lstrip().startswith("-")}
    assert options == {"--hash"}
    assert "://" not in LOCK


# Told once


def test_the_version_is_told_once() -> None:
    told = PROJECT["project"]["version"]
    assert version("advisory-bot") == told
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("knowledge/**/*.py")]
    files += [
        ROOT / name for name in ("Dockerfile", "docker-compose.yml", "Makefile", ".ci/run", "README.md")
    ]
    assert [
        f.name for f in files if f'"{told}"' in f.read_text("utf-8") or "__version__" in f.read_text("utf-8")
    ] == []


def test_the_changelog_begins_with_this_version() -> None:
    newest = re.findall(r"^## \[([^\]]+)\]", text("CHANGELOG.md"), re.MULTILINE)[0]
    assert newest in {PROJECT["project"]["version"], "Unreleased"}


def test_the_example_names_exactly_the_settings() -> None:
    named = re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", text(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(settings.NAMES)


def test_the_example_says_the_defaults_as_they_are() -> None:
    blocks = re.findall(r"((?:^#.*\n)+)((?:^[A-Z_]+=.*\n)+)", text(".env.example"), re.MULTILINE)
    told = {
        name: default[0]
        for comment, names in blocks
        for name in re.findall(r"^([A-Z_]+)=", names, re.MULTILINE)
        if (default := re.findall(r"Default: (\S+)$", comment, re.MULTILINE))
    }
    defaults = {field.name.upper(): str(field.default) for field in fields(Settings)}
    assert told == {name: defaults[name] for name in told}
    assert told.keys() >= {"TELEGRAM_API_URL", "FALSE_ANSWER_RATE", "LOG_LEVEL"}


def test_the_example_as_it_is_takes_every_default() -> None:
    assert settings.read(dotenv_values(ROOT / ".env.example")) == Settings()


# The one check


def test_the_check_is_strict_and_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "\nset -euo pipefail\n" in script.read_text(encoding="utf-8")


def test_the_workflow_runs_the_check_and_nothing_else() -> None:
    workflow = yaml.safe_load(text(".github/workflows/ci.yml"))
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert commands == [".ci/run"]


def test_every_target_of_the_makefile_is_phony_and_thin() -> None:
    makefile = text("Makefile")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert targets == phony.split()
    assert makefile.count("\n\t") == len(targets)


def test_the_dictionary_is_where_it_is_looked_for() -> None:
    # It is read from files of pyspellchecker's: should they move, spelling would quietly lose its protection.
    assert all(word in dictionary("en") for word in ("form", "from", "lawyer"))
    assert "abogado" in dictionary("es")
