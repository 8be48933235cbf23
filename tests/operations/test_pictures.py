"""Images in answers: found wherever they lie, named after what they belong to, told by their size."""

import base64

from paycli.operations.pictures import Picture, Pictures, size

PICTURES = Pictures("content", "mediaType", "type", ("code", "id"))
BITMAP = b"BM" + bytes(1200)


def image(content: str, media: str = "image/bmp") -> dict[str, str]:
    """Return an image as an answer holds it."""
    return {"type": "LOGO", "content": content, "mediaType": media}


TEXT = base64.b64encode(BITMAP).decode()
ANSWER = [{"id": 7, "media": [image(TEXT)], "inner": [{"code": "a/../b", "media": [image(TEXT, "image/png")]}]}]


def test_images_are_named_after_what_they_belong_to() -> None:
    """With names that every disk can hold."""
    assert list(PICTURES.find(ANSWER)) == [Picture("7-logo.bmp", BITMAP), Picture("a-..-b-logo.png", BITMAP)]


def test_an_image_is_told_by_its_size() -> None:
    """Everything else of the answer stays."""
    told = PICTURES.told(ANSWER)
    assert told[0]["media"] == [image("(image, 1.2 kB)")]
    assert told[0]["inner"][0]["media"] == [image("(image, 1.2 kB)", "image/png")]
    assert told[0]["id"] == 7
    assert ANSWER[0]["media"] == [image(TEXT)]


def test_what_is_no_image_stays_as_it_is() -> None:
    """Neither another media type, nor text that is no Base64 floods or breaks anything."""
    page = image("<p>", "text/html")
    assert PICTURES.told([page, 1, None]) == [page, 1, None]
    assert PICTURES.told(image("ΩΩ")) == image("(image, 0 B)")
    assert list(PICTURES.find({"id": ""})) == []
    assert [size(999), size(1000), size(123456)] == ["999 B", "1.0 kB", "123.5 kB"]
