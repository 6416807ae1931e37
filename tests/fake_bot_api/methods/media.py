"""sendPhoto and sendDocument with uploads, and getFile."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from tests.fake_bot_api.compose import compose_caption
from tests.fake_bot_api.errors import Json, bad_request
from tests.fake_bot_api.world import StoredFile

from .messages import post
from .registry import Result, method

if TYPE_CHECKING:
    from tests.fake_bot_api.wire import Params
    from tests.fake_bot_api.world import World

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_IMAGES: Final = (_PNG, b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_SOME_SIZE: Final = (320, 240)


def _store(world: World, params: Params, name: str) -> tuple[Json, StoredFile | None]:
    """The file a parameter stands for: an upload, a file sent before, or a link (which is not fetched)."""
    upload = params.upload(name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        digest = blake2b(upload.content + upload.name.encode(), digest_size=12).hexdigest()
        stored = world.files[f"FILE-{digest}"] = StoredFile(upload.name, upload.content, upload.mime_type)
        return _file(f"FILE-{digest}", stored), stored
    reference = params.text(name)
    if not reference:
        raise bad_request(f"there is no {name} in the request")
    if reference in world.files:
        return _file(reference, world.files[reference]), world.files[reference]
    if reference.startswith(("http://", "https://")):
        return _file("LINK-" + blake2b(reference.encode(), digest_size=12).hexdigest(), None), None
    raise bad_request("wrong file identifier/HTTP URL specified")


def _file(file_id: str, stored: StoredFile | None) -> Json:
    shown: Json = {"file_id": file_id, "file_unique_id": f"U{file_id[-12:]}"}
    if stored is not None:
        shown["file_size"] = len(stored.content)
    return shown


def _size(stored: StoredFile | None) -> tuple[int, int]:
    if stored is not None and stored.content.startswith(_PNG) and len(stored.content) >= 24:
        header = stored.content[16:24]
        return int.from_bytes(header[:4]), int.from_bytes(header[4:])
    return _SOME_SIZE


@method("sendPhoto")
def send_photo(world: World, params: Params) -> Result:
    """A photo; what is no image is refused."""
    caption = compose_caption(world, params)
    shown, stored = _store(world, params, "photo")
    if stored is not None and not stored.content.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = _size(stored)
    photo = shown | {"width": width, "height": height}
    return post(world, params, caption, "photos", {"photo": [photo]})


@method("sendDocument")
def send_document(world: World, params: Params) -> Result:
    """A file of any kind."""
    caption = compose_caption(world, params)
    shown, stored = _store(world, params, "document")
    if stored is not None:
        shown |= {"file_name": stored.name, "mime_type": stored.mime_type}
    return post(world, params, caption, "documents", {"document": shown})


@method("getFile")
def get_file(world: World, params: Params) -> Result:
    """Where to download a file."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    if file_id not in world.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return _file(file_id, world.files[file_id]) | {"file_path": f"documents/{file_id}"}
