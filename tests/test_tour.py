"""The tour in docs/tour.md is what the bot really says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.reload.learning import Source
from bot.reload.reloading import Reloader
from tests.e2e.running import polling
from tests.e2e.stage import Prompted, Stage
from tests.e2e.tour import Scene, scenes

if TYPE_CHECKING:
    from knowledge.answerer import Answerer
    from tests.fake_bot_api import FakeBotApi

PAGE = (Path(__file__).parents[1] / "docs" / "tour.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("scene", [pytest.param(scene, id=scene.title) for scene in scenes(PAGE)])
async def test_scene(scene: Scene, api: FakeBotApi, answerer: Answerer, tmp_path: Path) -> None:
    core = Prompted(answerer)
    questions = {entry.question: entry.id for entry in answerer.base.entries["en"].values()}
    maintainers = {name: api.user(name, started=True) for name in scene.maintainers}
    admins = frozenset(actor.id for actor in maintainers.values())
    async with polling(api, core, tmp_path, reloader=Reloader(Source(None)), admin_ids=admins) as bot:
        stage = Stage(bot, core, scene.people, scene.chats, actors=maintainers)
        for number, step in enumerate(scene.steps, 1):
            offered = step.pop("offered", None)
            if offered:
                step["offers"] = [questions.get(question, question) for question in offered]
            try:
                await stage.play(step)
            except (AssertionError, LookupError) as fault:
                raise AssertionError(f"{scene.title}, step {number}, {step}:\n{fault}") from fault
    api.assert_clean()


def test_every_block_of_the_page_is_a_scene() -> None:
    assert PAGE.count("```tour\n") == len(scenes(PAGE)) > 8


@pytest.mark.parametrize("line", ["Anna dances", "Anna: ", "[Yes]"])
def test_what_nobody_understands_is_a_fault(line: str) -> None:
    with pytest.raises(ValueError, match="nobody knows"):
        scenes(f"## A title\n\n```tour\n{line}\n```\n")


def test_a_message_is_read_with_its_buttons() -> None:
    (scene,) = scenes(
        "## Talk\n\n```tour\nAnna in Tenants: hi\nBot in Tenants: Hello …\n  you.\n\n  [A] [B]\n  […]\n  [C]\n```\n"
    )
    assert scene.steps == [
        {
            "who": "Anna",
            "chat": "Tenants",
            "says": "hi",
            "expect": [{"reads": "Hello … you.", "rows": [["A", "B"], ["..."], ["C"]], "chat": "Tenants"}],
        }
    ]
