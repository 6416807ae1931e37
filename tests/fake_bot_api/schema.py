"""An independent check of both sides: aiogram's models, generated from the Bot API's documentation.

Every call's parameters and every result and update of the server are validated against them. Parameters and fields
that the models do not know are faults as well: the real server passes over them in silence, which hides mistakes.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, get_args

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .errors import Json

MODELS: Final[dict[str, type[TelegramMethod[Any]]]] = {
    model.__api_method__.lower(): model
    for name in methods.__all__
    if isinstance(model := getattr(methods, name), type)
    and issubclass(model, TelegramMethod)
    and model is not TelegramMethod
}


def canonical(method: str) -> str:
    """A method's name as the documentation spells it; the server takes any case."""
    model = MODELS.get(method.lower())
    return model.__api_method__ if model is not None else method


def _is_structured(annotation: Any) -> bool:  # noqa: ANN401 - a type annotation of any form
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    if getattr(annotation, "__origin__", None) in (list, dict):
        return True
    return any(_is_structured(part) for part in get_args(annotation))


@cache
def _structured(method: str) -> frozenset[str]:
    """The parameters that travel as JSON inside a form."""
    model = MODELS.get(method.lower())
    fields = model.model_fields if model is not None else {}
    return frozenset(name for name, info in fields.items() if _is_structured(info.annotation))


@cache
def _result_adapter(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(MODELS[method.lower()].__returning__)


def decode(method: str, values: Json, uploads: Iterable[str] = ()) -> Json:
    """Parameters with the JSON ones decoded; what is no JSON stays text, for the method to refuse.

    A file uploaded under a parameter's own name is shown as ``attach://`` with that name.
    """
    model = MODELS.get(method.lower())
    names = model.model_fields.keys() if model is not None else set()
    decoded: Json = {name: f"attach://{name}" for name in uploads if name in names}
    decoded |= values
    for name in _structured(method) & decoded.keys():
        value = decoded[name]
        if isinstance(value, str) and value[:1] in ("{", "["):
            try:
                decoded[name] = json.loads(value)
            except ValueError:
                continue
    return decoded


def _unknown(value: object, where: str) -> list[str]:
    if isinstance(value, list):
        return [fault for index, item in enumerate(value) for fault in _unknown(item, f"{where}[{index}]")]
    if not isinstance(value, BaseModel):
        return []
    faults = [f"{where}: unknown field {name!r}" for name in value.model_extra or {}]
    for name, info in type(value).model_fields.items():
        if name in value.model_fields_set:
            faults += _unknown(getattr(value, name), f"{where}.{info.alias or name}")
    return faults


def _errors(error: ValidationError, where: str) -> list[str]:
    return [
        f"{where}: {'.'.join(str(part) for part in fault['loc']) or 'value'}: {fault['msg']}"
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def check_call(method: str, values: Json) -> list[str]:
    """What is wrong with a call's parameters."""
    model = MODELS.get(method.lower())
    if model is None:
        return [f"{method}: the Bot API has no such method"]
    # A field whose name is taken in Python has an alias, and that is the API's name.
    names = {info.alias or name for name, info in model.model_fields.items()}
    faults = [f"{method}: unknown parameter {name!r}" for name in values if name not in names]
    try:
        call = model.model_validate({name: value for name, value in values.items() if name in names})
    except ValidationError as error:
        return faults + _errors(error, method)
    return faults + _unknown(call, method)


def check_uploads(method: str, values: Json, uploads: Iterable[str]) -> list[str]:
    """Files that were uploaded and that no parameter speaks of."""
    used = json.dumps(values)
    return [
        f"{method}: no parameter refers to the file {name!r}"
        for name in uploads
        if f"attach://{name}" not in used
    ]


def check_result(method: str, result: object) -> list[str]:
    """What is wrong with a method's result."""
    where = f"result of {method}"
    try:
        parsed = _result_adapter(method).validate_python(result)
    except ValidationError as error:
        return _errors(error, where)
    return _unknown(parsed, where)


def check_update(update: Json) -> list[str]:
    """What is wrong with an update."""
    where = f"update {update.get('update_id')}"
    try:
        parsed = Update.model_validate(update)
    except ValidationError as error:
        return _errors(error, where)
    faults = _unknown(parsed, where)
    if len(update) != 2:
        faults.append(f"{where}: not exactly one kind of update, but {sorted(update)!r}")
    return faults
