"""Calls: how each is checked, executed and recorded."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import schema
from .errors import ApiError, DroppedConnectionError, Json, bad_request, too_many_requests
from .methods import METHODS
from .wire import Params, Upload

if TYPE_CHECKING:
    from .faults import Fault
    from .world import World


@dataclass(eq=False)
class Call:
    """One call of the bot: what it sent, when (in the server's time) and what it was answered.

    `status` and `response` stay None while the call is under way and when its connection was dropped.
    """

    method: str
    params: Json
    at: float
    uploads: dict[str, Upload] = field(default_factory=dict)
    status: int | None = None
    response: Any = None

    @property
    def ok(self) -> bool:
        """Whether the call was granted."""
        return self.status == 200


@dataclass
class Reply:
    """An answer on its way out: JSON, or a body as it is for a fault that imitates a broken proxy."""

    status: int
    body: Json | str


class Executor:
    """Takes calls in: records them, applies faults and limits, checks them against the schema, runs the method."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calls: list[Call] = []

    async def run(self, name: str, params: Params) -> Reply:
        """Execute a call; raises `DroppedConnectionError` when it is to get no answer."""
        method = schema.canonical(name)
        params = Params(schema.decode(method, params.values, params.uploads), params.uploads)
        call = Call(method, params.values, self.world.clock.now(), params.uploads)
        with self.world.changes.lock:
            self.calls.append(call)
            fault = self.world.faults.take(method)
            latency = self.world.faults.latency
        if latency:
            await self._pause(latency)
        reply = await self._with_fault(fault, method, params)
        with self.world.changes.lock:
            call.status, call.response = reply.status, reply.body
            self.world.changes.notify()
        return reply

    async def _with_fault(self, fault: Fault | None, method: str, params: Params) -> Reply:
        if fault is None:
            return await self._answer(method, params)
        if fault.seconds and not fault.after:
            await self._pause(fault.seconds)
        runs = fault.after or (fault.status is None and not fault.drop)
        reply = await self._answer(method, params) if runs else None
        if fault.seconds and fault.after:
            await self._pause(fault.seconds)
        if fault.status is not None:
            body = ApiError(fault.status, fault.description, fault.parameters).envelope()
            return Reply(fault.status, fault.body if fault.body is not None else body)
        if fault.drop or reply is None:
            self.world.changes.notify()
            raise DroppedConnectionError
        return reply

    async def _pause(self, seconds: float) -> None:
        # A server that is going down does not keep its callers waiting.
        await self.world.changes.until(lambda: self.world.closing, seconds)

    async def _answer(self, method: str, params: Params) -> Reply:
        try:
            result = await self._execute(method, params)
        except ApiError as error:
            return Reply(error.code, error.envelope())
        # Updates are checked when they are made: among those sent may be some that a test malformed.
        if self.world.check_schema and method != "getUpdates":
            self.world.violations += schema.check_result(method, result)
        return Reply(200, {"ok": True, "result": result})

    async def _execute(self, method: str, params: Params) -> object:
        with self.world.changes.lock:
            if self.world.logged_out:
                raise bad_request("Logged out")
            handler = METHODS.get(method.lower())
            if self.world.check_schema:
                self.world.violations += schema.check_call(method, params.values)
                self.world.violations += schema.check_uploads(method, params.values, params.uploads)
            if handler is None:
                if method.lower() in schema.MODELS:
                    self.world.violations.append(
                        f"{method}: the Bot API has this method, but it is not imitated here"
                    )
                raise ApiError(404, "Not Found: method not found")
            self._check_flood(method, params)
            result = handler(self.world, params)
            self.world.changes.notify()
        return await result if inspect.isawaitable(result) else result

    def _check_flood(self, method: str, params: Params) -> None:
        world = self.world
        if not world.limits.applies(method):
            return
        chat = world.chats.get(params.integer("chat_id"))
        group = chat is not None and chat.is_group
        if wait := world.limits.retry_after(world.clock.now(), params.integer("chat_id"), group=group):
            raise too_many_requests(wait)
