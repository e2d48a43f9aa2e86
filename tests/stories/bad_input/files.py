"""Files that people send by mistake or on purpose."""

import functools
import os
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

LARGE = 40 * 2**20
PLACE = {1: "S", 2: (8.0, 47.0, 54.0), 3: "E", 4: (115.0, 10.0, 16.0)}
"""Where a phone took a photo, as it writes it into the file."""


def _noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))


@functools.cache
def large_jpeg() -> bytes:
    """A JPEG of about 40 MB, made of noise that does not compress."""
    made = BytesIO()
    _noise(7000, 5100).save(made, "JPEG", quality=95)
    assert LARGE * 0.9 < made.tell() < 50 * 2**20, made.tell()
    return made.getvalue()


@functools.cache
def large_png() -> bytes:
    """A PNG of about 40 MB."""
    made = BytesIO()
    _noise(4000, 3400).save(made, "PNG", compress_level=1)
    assert LARGE * 0.9 < made.tell() < 50 * 2**20, made.tell()
    return made.getvalue()


def upload(content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def photo_with_place() -> bytes:
    """A photo that says where, when and with what it was taken."""
    image = Image.new("RGB", (800, 600), "teal")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Telepon Rini"
    exif[ExifTags.Base.DateTime] = "2026:03:09 08:15:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    made = BytesIO()
    image.save(made, "JPEG", exif=exif, comment=b"rahasia di dalam")
    return made.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    """A PDF of one empty page, with something in its catalogue."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" + inside + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


SCRIPTED = {
    "javascript": pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "launch": pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "attachment": pdf(b"/Names<</EmbeddedFiles 9 0 R>>"),
    "hidden name": pdf(b"/OpenAction<</S/#4aavaScript/J#53(app.alert(1))>>"),
    "locked": pdf(b"/Encrypt 8 0 R"),
}

DISGUISED = {
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "program": b"MZ\x90\x00\x03" + bytes(200),
    "text": b"bukti transfer",
    "zip": b"PK\x03\x04" + bytes(100),
    "gif": b"GIF89a" + bytes(50),
    "torn photo": b"\xff\xd8\xff\xe0" + bytes(60),
    "script behind a photo's head": b"\xff\xd8\xff<script>alert(1)</script>",
    "film behind a photo's head": b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(60),
    "torn pdf": b"%PDF-1.4\n1 0 obj",
}
