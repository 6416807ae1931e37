"""Who takes part in several files; and what takes its time is started before the first test of this folder, and looked at by one of the last."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING

import pytest

from tests.e2e.process import in_vain
from tests.fake_bot_api import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.process import Unreachable
    from tests.fake_bot_api import FakeBotApi, UserActor


@pytest.fixture
def olga(api: FakeBotApi) -> UserActor:
    """Who is made an admin where there is to be one."""
    return api.user("Olga", started=True)


@pytest.fixture(scope="session", autouse=True)
def unreachable(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, small_base: Path
) -> Iterator[Unreachable | None]:
    """A bot that tries to reach a server that isn't there, while the other tests run; None where no test asks for it."""
    functions = [item.function for item in request.session.items if isinstance(item, pytest.Function)]
    if not any("unreachable" in signature(function).parameters for function in functions):
        yield None
        return
    with in_vain(tmp_path_factory.mktemp("unreachable"), small_base, TOKEN) as process:
        yield process
