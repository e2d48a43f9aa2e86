"""Files that people upload: known by their content, photos made anew, PDFs looked through.

Nothing of a photo passes but its pixels: position, camera and date of EXIF are gone, the
orientation is applied, and whatever was hidden in the file is not in the new one. One
photo is decoded at a time, and JPEGs are decoded small, so memory stays bounded.
"""

import re
import threading
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tatausaha.core.kernel.errors import Refused

LARGEST_PHOTO = 50 * 2**20
"""Bytes of one photo as it comes from a phone."""
LARGEST_PDF = 20 * 2**20
LARGEST_PIXELS = {
    "image/jpeg": 220_000_000,
    "progressive": 50_000_000,
    "image/png": 40_000_000,
    "image/webp": 40_000_000,
}
"""Pixels by kind: a baseline JPEG is decoded small, the others must be held whole."""
LARGEST_INFLATED = 64 * 2**20
MOST_STREAMS = 20_000
"""Streams (pictures, fonts, pages) of one PDF; a paper of a hundred pages has some hundreds."""
_PIECE = 4096

Image.MAX_IMAGE_PIXELS = None  # the limits above are stricter and come with a sentence

_one_at_a_time = threading.Lock()
_READERS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heif", b"avif")
_DANGEROUS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])"
)


class Source(Protocol):
    """An opened upload: Django's uploaded files and plain binary files are."""

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, or all."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As files do."""

    def tell(self) -> int:
        """As files do."""


@dataclass(frozen=True)
class Rendition:
    """A photo in one size, ready to be kept."""

    content: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Document:
    """A proof or paper, ready to be kept: a re-encoded photo, or a PDF without width and height."""

    content: bytes
    content_type: str
    width: int | None = None
    height: int | None = None


def sniff(head: bytes) -> str:
    """What the first kilobyte says that the file is; empty when we do not know it."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "image/heic"
    return "application/pdf" if b"%PDF-" in head[:1024] else ""


def photo(source: Source, *, edge: int = 2000, content_type: str = "image/jpeg") -> Rendition:
    """A photo made anew, its longer edge at most `edge` pixels. Raises `Refused`."""
    return photos(source, edges=(edge,), content_type=content_type)[0]


def photos(
    source: Source, *, edges: tuple[int, ...] = (1600, 800, 400), content_type: str = "image/webp"
) -> list[Rendition]:
    """The photo in several sizes, largest first; never enlarged, so small photos give fewer.

    Raises `Refused` when it is no photo, is broken, or is larger than we can hold.
    """
    kind, size = _kind_and_size(source)
    if kind == "application/pdf":
        raise Refused(_("Berkas ini PDF, bukan foto. Unggah fotonya sebagai JPEG, PNG atau WebP."))
    if kind == "image/heic":
        raise Refused(_("Foto HEIC belum bisa dibaca. Simpan dulu sebagai JPEG, lalu unggah lagi."))
    if kind not in _READERS:
        raise Refused(_("Berkas ini bukan foto. Unggah foto JPEG, PNG atau WebP."))
    if size > LARGEST_PHOTO:
        raise Refused(_("Foto ini lebih dari 50 MB. Kecilkan dulu, lalu unggah lagi."))
    with _one_at_a_time:
        try:
            return _renditions(source, kind, sorted(edges, reverse=True), content_type)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error) as broken:
            raise Refused(_("Foto ini rusak atau tidak lengkap. Ambil atau unggah ulang.")) from broken


def _renditions(source: Source, kind: str, edges: list[int], content_type: str) -> list[Rendition]:
    with Image.open(source, formats=[_READERS[kind]]) as opened:  # type: ignore[arg-type]  # a file is a file
        limit = LARGEST_PIXELS["progressive" if opened.info.get("progressive") else kind]
        if opened.width * opened.height > limit:
            raise Refused(_("Foto ini punya terlalu banyak piksel. Kecilkan dulu, lalu unggah lagi."))
        opened.draft("RGB", (edges[0], edges[0]))
        image = _plain(ImageOps.exif_transpose(opened))
    made: list[Rendition] = []
    for edge in edges:
        if made and max(image.size) <= edge:
            continue
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        made.append(Rendition(_encoded(image, content_type), content_type, image.width, image.height))
    return made


def _plain(image: Image.Image) -> Image.Image:
    """Pixels alone, in RGB; what is transparent becomes white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    plain = image.convert("RGB")
    plain.info.clear()
    return plain


def _encoded(image: Image.Image, content_type: str) -> bytes:
    out = BytesIO()
    if content_type == "image/webp":
        image.save(out, "WEBP", quality=80, method=4)
    else:
        image.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def paper(source: Source, *, edge: int = 2400) -> Document:
    """A photo or PDF of a paper (identity, transfer proof, note). Raises `Refused`.

    The name of the file does not matter: a PDF named `.jpg` is taken as the PDF that it is.
    """
    kind, size = _kind_and_size(source)
    if kind == "application/pdf":
        return Document(_pdf(source, size), kind)
    if kind not in {*_READERS, "image/heic"}:
        raise Refused(_("Berkas ini bukan foto dan bukan PDF. Unggah JPEG, PNG, WebP atau PDF."))
    made = photo(source, edge=edge)
    return Document(made.content, made.content_type, made.width, made.height)


def _kind_and_size(source: Source) -> tuple[str, int]:
    source.seek(0, 2)
    size = source.tell()
    source.seek(0)
    head = source.read(1024)
    source.seek(0)
    if not head:
        raise Refused(_("Berkas ini kosong. Pilih berkasnya lagi."))
    return sniff(head), size


def _pdf(source: Source, size: int) -> bytes:
    """The PDF as it is, after a look for what runs or hides in it."""
    if size > LARGEST_PDF:
        raise Refused(_("PDF ini lebih dari 20 MB. Kecilkan dulu, lalu unggah lagi."))
    content = source.read()
    content = content[content.index(b"%PDF-") :]
    if b"%%EOF" not in content[-2048:]:
        raise Refused(_("PDF ini rusak atau tidak lengkap. Unggah ulang."))
    readable = _names_unescaped(content)
    if re.search(rb"/Encrypt(?![A-Za-z])", readable):
        raise Refused(_("PDF ini terkunci sandi. Unggah yang tidak terkunci."))
    if _DANGEROUS.search(readable) or any(_DANGEROUS.search(hidden) for hidden in _object_streams(content)):
        raise Refused(_("PDF ini berisi program atau lampiran tersembunyi. Cetak ulang menjadi PDF biasa."))
    return content


def _names_unescaped(content: bytes) -> bytes:
    """Names in a PDF may hide behind `#xx`; here they are written out."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), content)


def _object_streams(content: bytes) -> list[bytes]:
    """Compressed objects, written out; raises `Refused` when they are not what they say.

    The work is bounded by the size of the file: nothing is copied for a stream but its own
    bytes, and there may be no more streams than a paper can have.
    """
    found, room, view = [], LARGEST_INFLATED, memoryview(content)
    for number, part in enumerate(re.finditer(rb"(?<!end)stream\r?\n", content)):
        if number >= MOST_STREAMS:
            raise Refused(_("PDF ini terlalu besar di dalamnya. Cetak ulang menjadi PDF biasa."))
        if b"/ObjStm" not in _names_unescaped(content[max(0, part.start() - 600) : part.start()]):
            continue
        plain = _inflated(view[part.end() :], room)
        room -= len(plain)
        if room <= 0:
            raise Refused(_("PDF ini terlalu besar di dalamnya. Cetak ulang menjadi PDF biasa."))
        found.append(_names_unescaped(plain))
    return found


def _inflated(packed: memoryview, room: int) -> bytes:
    """What a compressed stream holds, at most `room` bytes; fed in pieces, so what lies behind it is not copied."""
    stream = zlib.decompressobj()
    pieces: list[bytes] = []
    try:
        for start in range(0, len(packed), _PIECE):
            plain = stream.decompress(packed[start : start + _PIECE], room)
            pieces.append(plain)
            room -= len(plain)
            if stream.eof or room <= 0:
                break
    except zlib.error as broken:
        raise Refused(_("PDF ini rusak atau tidak lengkap. Unggah ulang.")) from broken
    return b"".join(pieces)
