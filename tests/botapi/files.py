"""Files that were sent: kept by their file_id, given out again, downloaded."""

from __future__ import annotations

import mimetypes
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict

from tests.botapi.errors import ApiError, bad_request

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
# The longest side of the pictures that Telegram makes of a photo.
PHOTO_SIDES = (90, 320, 800, 1280, 2560)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart body."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram keeps. `width` and `height`: of a photo, in pixels."""

    # As `control` sends it to a parent process.
    __pydantic_config__ = ConfigDict(val_json_bytes="base64")

    kind: str
    file_id: str
    unique_id: str
    name: str
    mime: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0

    def payload(self) -> dict[str, Any]:
        """What every object with a file says of it."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """All files, by file_id and by path."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.by_path: dict[str, File] = {}

    def keep(self, kind: str, upload: Upload) -> File:
        """A new file: photo, document, sticker or voice. Raises ApiError where it cannot be one."""
        if len(upload.data) > MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        if not upload.data:
            raise bad_request("file must be non-empty")
        width, height = photo_size(upload.data) if kind == "photo" else (0, 0)
        number = len(self.by_path)
        suffix = ".jpg" if kind == "photo" else _suffix(upload)
        file = File(
            kind,
            f"{kind[:2].upper()}AC{number:012d}",
            f"AQ{number:08d}",
            upload.name,
            upload.mime,
            upload.data,
            f"{kind}s/file_{number}{suffix}",
            width,
            height,
        )
        self.by_id[file.file_id] = file
        self.by_path[file.path] = file
        return file

    def again(self, kind: str, given: str) -> File:
        """The file behind a file_id. Raises ApiError: unknown, of another kind, or an address on the web."""
        if given.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        found = self.by_id.get(given)
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if found.kind != kind:
            raise bad_request(f"can't use file of type {found.kind.capitalize()} as {kind.capitalize()}")
        return found

    def sizes(self, photo: File) -> list[dict[str, Any]]:
        """The pictures of a photo, smallest first; the last one is the photo itself."""
        longest = max(photo.width, photo.height)
        smaller = [_scaled(photo, side) for side in PHOTO_SIDES if side < longest]
        for one in smaller:
            self.by_id[one["file_id"]] = photo
        return [*smaller, {**photo.payload(), "width": photo.width, "height": photo.height}]


def _suffix(upload: Upload) -> str:
    if "." in upload.name:
        return "." + upload.name.rsplit(".", 1)[1]
    return mimetypes.guess_extension(upload.mime) or ".dat"


def _scaled(photo: File, side: int) -> dict[str, Any]:
    longest = max(photo.width, photo.height)
    return {
        "file_id": f"{photo.file_id}S{side}",
        "file_unique_id": f"{photo.unique_id}S{side}",
        "file_size": max(1, len(photo.data) * side // longest),
        "width": max(1, photo.width * side // longest),
        "height": max(1, photo.height * side // longest),
    }


def photo_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, JPEG or GIF. Raises ApiError for what Telegram would not take as a photo."""
    if len(data) > MAX_PHOTO:
        raise bad_request("file is too big")
    size = _png(data) or _gif(data) or _jpeg(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if not (min(size) > 0 and sum(size) <= 10_000 and max(size) <= 20 * min(size)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(data: bytes) -> tuple[int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif(data: bytes) -> tuple[int, int] | None:
    if not data.startswith((b"GIF87a", b"GIF89a")) or len(data) < 10:
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Read segment after segment up to the frame header, which holds the size."""
    at = 2 if data[:2] == b"\xff\xd8" else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def png(width: int = 1, height: int = 1) -> bytes:
    """A grey picture, for tests that need one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\x80" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
