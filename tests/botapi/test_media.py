"""Photos, documents, captions, downloads."""

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest

from tests.botapi import BotApi, png
from tests.botapi.files import photo_size


async def test_photo_arrives_and_is_sent_again_by_its_file_id(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_photo(42, png(400, 200), caption="<b>chart</b>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [(90, 45), (320, 160), (400, 200)]
    assert (sent.caption, user.last.html, user.last.now.kind) == ("chart", "<b>chart</b>", "photo")
    again = await bot.send_photo(42, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert user.last.now.file is not None
    assert user.last.now.file.data == png(400, 200)


async def test_document_keeps_its_name_and_is_downloaded_again(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_document(42, b'{"a": 1}', filename="tirage.json", caption="yours")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("tirage.json", "application/json")
    assert user.last.now.file is not None
    assert (user.last.now.file.name, user.last.now.file.data) == ("tirage.json", b'{"a": 1}')
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b'{"a": 1}'


async def test_document_of_a_person_is_downloaded(api: BotApi, bot: Bot) -> None:
    await api.user(42).send_document("slip.txt", b"8 7.5 7 7")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"8 7.5 7 7"


async def test_media_and_caption_are_edited(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_photo(42, png(10, 10), caption="one")
    await bot.edit_message_media(InputMediaPhoto(png(20, 20), caption="<i>two</i>", parse_mode="HTML"), 42, sent.id)
    assert (user.last.text, user.last.now.file and user.last.now.file.width) == ("two", 20)
    await bot.edit_message_caption(42, sent.id, caption="three")
    assert user.last.text == "three"
    await bot.edit_message_media(InputMediaDocument(b"x", filename="x.txt"), 42, sent.id)
    assert (user.last.now.kind, user.last.text) == ("document", "")


async def test_text_can_become_a_photo_but_has_no_caption(api: BotApi, bot: Bot) -> None:
    user = api.user(42, known=True)
    sent = await bot.send_message(42, "one")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(42, sent.id, caption="x")
    await bot.edit_message_media(InputMediaPhoto(png()), 42, sent.id)
    assert user.last.now.kind == "photo"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", 42, sent.id)


async def test_caption_over_1024_is_refused(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(42, png(), caption="x" * 1025)
    assert (await bot.send_photo(42, png(), caption="<b>" + "x" * 1024 + "</b>", parse_mode="HTML")).caption


async def test_media_that_are_none_are_refused(api: BotApi, bot: Bot) -> None:
    api.user(42, known=True)
    sent = await bot.send_document(42, b"x")
    assert sent.document is not None
    refused: list[tuple[bytes | str, str]] = [
        (b"no picture", "Image_process_failed"),
        (png(9000, 2000), "Photo_invalid_dimensions"),
        (sent.document.file_id, "Can't use file of type Document as Photo"),
        ("AgACunknown", "Wrong file identifier/http url specified"),
        ("https://canada.ca/a.png", "Failed to get http url content"),
        (b"", "File must be non-empty"),
    ]
    for photo, error in refused:
        with pytest.raises(BadRequest, match=rf"(?i){error}"):
            await bot.send_photo(42, photo)
    with pytest.raises(BadRequest, match='type "video" is unsupported'):
        await bot.edit_message_media(InputMediaVideo(b"x"), 42, sent.id)
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await bot.get_file("unknown")


def test_size_of_a_picture_is_read_from_its_header() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x20\x00\x30\x03" + b"\x00" * 9
    assert photo_size(jpeg) == (0x30, 0x20)
    assert photo_size(b"GIF89a\x30\x00\x20\x00") == (0x30, 0x20)
    assert photo_size(png(7, 5)) == (7, 5)
