"""Within a chat in order, across chats side by side, and one busy chat holds up nobody else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.transport.lanes import ChatLanes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

WITHIN = 5
TURNS = 50
"""Turns of the event loop: nothing here waits for anything else, so that is ample."""


class Handling:
    """Updates under way: each begins, waits until a test lets it go on, and ends."""

    def __init__(self, limit: int) -> None:
        self.lanes = ChatLanes(limit)
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.work: list[Coroutine[Any, Any, None]] = []

    def comes(self, name: str, update: object, *, fails: bool = False) -> None:
        """An update comes in."""
        self.gates[name] = asyncio.Event()

        async def handle() -> None:
            self.begun.append(name)
            await self.gates[name].wait()
            self.ended.append(name)
            if fails:
                raise RuntimeError(name)

        self.work.append(handle())
        self.tasks[name] = asyncio.create_task(self.lanes.process_update(update, self.work[-1]))

    async def begins(self, *names: str) -> None:
        """These, and no others, have begun when everybody who may begin has had the time to."""
        for _ in range(TURNS):
            await asyncio.sleep(0)
        assert self.begun == list(names)

    async def finish(self, *names: str) -> None:
        """Let these end."""
        for name in names:
            self.gates[name].set()
            async with asyncio.timeout(WITHIN):
                await asyncio.wait([self.tasks[name]])


def written(chat: int, number: int = 1) -> Update:
    return Update(number, message=Message(number, date=None, chat=Chat(chat, "private")))  # type: ignore[arg-type]


@pytest.fixture
async def handling() -> AsyncIterator[Handling]:
    handling = Handling(limit=3)
    await handling.lanes.initialize()
    yield handling
    for gate in handling.gates.values():
        gate.set()
    await asyncio.gather(*handling.tasks.values(), return_exceptions=True)
    for work in handling.work:
        work.close()  # what was cancelled before it began
    assert handling.lanes._lanes == {}, "a lane was left behind"
    await handling.lanes.shutdown()


async def test_the_messages_of_a_chat_are_handled_in_order(handling: Handling) -> None:
    for number in range(4):
        handling.comes(str(number), written(1, number))
    await handling.begins("0")
    await handling.finish("0")
    await handling.begins("0", "1")
    await handling.finish("1", "2", "3")
    assert handling.ended == ["0", "1", "2", "3"]


async def test_chats_are_handled_side_by_side(handling: Handling) -> None:
    for chat in (1, 2, 3):
        handling.comes(str(chat), written(chat))
    await handling.begins("1", "2", "3")
    await handling.finish("3", "1", "2")
    assert handling.ended == ["3", "1", "2"]


async def test_no_more_than_so_many_are_handled_at_once(handling: Handling) -> None:
    for chat in range(5):
        handling.comes(str(chat), written(chat))
    await handling.begins("0", "1", "2")
    await handling.finish("1")
    await handling.begins("0", "1", "2", "3")


async def test_a_chat_with_many_waiting_messages_holds_up_nobody_else(handling: Handling) -> None:
    for number in range(10):
        handling.comes(f"busy {number}", written(1, number))
    handling.comes("other", written(2))
    await handling.begins("busy 0", "other")


async def test_a_fault_in_one_message_lets_the_next_one_through(handling: Handling) -> None:
    handling.comes("bad", written(1), fails=True)
    handling.comes("good", written(1))
    await handling.finish("bad")
    assert isinstance(handling.tasks["bad"].exception(), RuntimeError)
    await handling.begins("bad", "good")


async def test_a_message_that_is_cancelled_while_it_waits_leaves_no_trace(handling: Handling) -> None:
    for name in ("first", "second", "third"):
        handling.comes(name, written(1))
    await handling.begins("first")
    handling.tasks["second"].cancel()
    await handling.finish("first")
    await handling.begins("first", "third")


def pressed(user: int, chat: int | None) -> Update:
    told: dict[str, Any] = {"id": "1", "from_user": User(user, "Anna", is_bot=False), "chat_instance": "1"}
    message = Message(1, date=None, chat=Chat(chat, "group")) if chat else None  # type: ignore[arg-type]
    return Update(1, callback_query=CallbackQuery(**told, message=message))


async def test_a_press_waits_for_the_messages_of_its_chat(handling: Handling) -> None:
    handling.comes("message", written(-5))
    handling.comes("press", pressed(7, -5))
    await handling.begins("message")


async def test_without_a_chat_it_is_the_person_who_is_handled_in_order(handling: Handling) -> None:
    handling.comes("one", pressed(7, None))
    handling.comes("two", pressed(7, None))
    handling.comes("other", pressed(8, None))
    await handling.begins("one", "other")


async def test_what_has_neither_chat_nor_person_waits_for_nothing(handling: Handling) -> None:
    for name, update in (("one", Update(1)), ("two", Update(2)), ("three", object())):
        handling.comes(name, update)
    await handling.begins("one", "two", "three")
