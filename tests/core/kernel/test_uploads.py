"""What people upload: known by content, made anew, refused with a sentence."""

import time
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tatausaha.core.kernel import uploads
from tatausaha.core.kernel.errors import Refused

pytestmark = pytest.mark.req("KOS-07")

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(size=(1200, 900), kind="JPEG", mode="RGB", **wishes):
    out = BytesIO()
    Image.new(mode, size, "navy" if mode != "LA" else 0).save(out, kind, **wishes)
    out.seek(0)
    return out


def opened(rendition):
    return Image.open(BytesIO(rendition.content))


@pytest.mark.parametrize(
    ("kind", "found"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "")]
)
def test_the_content_says_what_it_is(kind, found):
    assert uploads.sniff(picture(kind=kind).read(1024)) == found


def test_a_photo_comes_in_several_sizes_never_enlarged():
    made = uploads.photos(picture((1200, 900)), edges=(400, 1600, 800))

    assert [(one.width, one.height, one.content_type) for one in made] == [
        (1200, 900, "image/webp"), (800, 600, "image/webp"), (400, 300, "image/webp"),
    ]  # fmt: skip
    assert [opened(one).size for one in made] == [(1200, 900), (800, 600), (400, 300)]
    assert len(uploads.photos(picture((300, 200)), edges=(1600, 800, 400))) == 1


def test_position_and_camera_are_gone_and_the_photo_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "KameraRahasia"
    exif.get_ifd(0x8825)[1] = "S"

    made = uploads.photo(picture((60, 40), exif=exif, comment=b"RumahSaya"))

    assert (made.width, made.height) == (40, 60)
    assert len(opened(made).getexif()) == 0
    assert b"KameraRahasia" not in made.content
    assert b"RumahSaya" not in made.content


def test_what_is_transparent_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    out.seek(0)

    assert opened(uploads.photo(out)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "LA", "1", "CMYK"])
def test_every_kind_of_colour_becomes_a_photo(mode):
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    out = BytesIO()
    Image.new(mode, (20, 10)).save(out, kind)
    out.seek(0)

    assert opened(uploads.photo(out)).mode == "RGB"


def test_a_photo_of_forty_megabytes_is_made_small():
    photo = picture((9000, 6000), quality=95)
    photo.seek(0, 2)
    photo.write(b"\0" * (40 * 2**20 - photo.tell()))  # what phones append to their photos
    photo.seek(0)

    made = uploads.photo(photo, edge=1600)

    assert (made.width, made.height) == (1600, 1067)
    assert len(made.content) < 2**20


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    photo = picture()
    photo.seek(uploads.LARGEST_PHOTO)
    photo.write(b"\0")

    with pytest.raises(Refused, match="lebih dari 50 MB"):
        uploads.photo(photo)


def test_a_bomb_of_pixels_is_refused_before_it_unfolds(monkeypatch):
    monkeypatch.setitem(uploads.LARGEST_PIXELS, "image/png", 99)

    with pytest.raises(Refused, match="terlalu banyak piksel"):
        uploads.photo(picture((10, 10), "PNG"))


def test_a_progressive_photo_has_its_own_limit(monkeypatch):
    monkeypatch.setitem(uploads.LARGEST_PIXELS, "progressive", 99)

    assert uploads.photo(picture((10, 10))).width == 10
    with pytest.raises(Refused, match="terlalu banyak piksel"):
        uploads.photo(picture((10, 10), progressive=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_photo_gets_a_sentence(kind):
    whole = picture((400, 300), kind).read()

    with pytest.raises(Refused, match="rusak"):
        uploads.photo(BytesIO(whole[: len(whole) // 2]))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"halo", "bukan foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan foto"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (PDF, "PDF, bukan foto"),
    ],
)
def test_what_is_no_photo_gets_a_sentence(content, sentence):
    with pytest.raises(Refused, match=sentence):
        uploads.photo(BytesIO(content))


def test_a_pdf_named_as_a_photo_is_taken_as_the_pdf_that_it_is():
    file = BytesIO(PDF)
    file.name = "ktp.jpg"

    assert uploads.paper(file) == uploads.Document(PDF, "application/pdf")


def test_a_photo_of_a_paper_is_made_anew():
    made = uploads.paper(picture((3000, 2000), "PNG"))

    assert (made.content_type, made.width, made.height) == ("image/jpeg", 2400, 1600)


@pytest.mark.parametrize(
    "content",
    [
        PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript /JS (x) >> /Type"),
        PDF.replace(b"/Type", b"/AA << /S /J#61vaScript >> /Type"),
        PDF.replace(b"/Type", b"/A << /S /Launch >> /Type"),
        PDF.replace(b"/Type", b"/Names << /EmbeddedFiles 2 0 R >> /Type"),
        PDF.replace(
            b"trailer",
            b"2 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n"
            + zlib.compress(b"<< /S /JavaScript /JS (x) >>")
            + b"\nendstream endobj\ntrailer",
        ),
    ],
)
def test_a_pdf_that_runs_or_hides_something_is_refused(content):
    with pytest.raises(Refused, match="program atau lampiran"):
        uploads.paper(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (PDF.replace(b"/Root", b"/Encrypt 9 0 R /Root"), "terkunci"),
        (PDF[:-6], "rusak"),
        (PDF.replace(b"trailer", b"<< /Type /ObjStm >>\nstream\nxxxx\nendstream\ntrailer"), "rusak"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused(content, sentence):
    with pytest.raises(Refused, match=sentence):
        uploads.paper(BytesIO(content))


def test_a_pdf_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_INFLATED", 1000)
    swollen = b"<< /Type /ObjStm >>\nstream\n" + zlib.compress(b" " * 10**5) + b"\nendstream\ntrailer"

    with pytest.raises(Refused, match="terlalu besar"):
        uploads.paper(BytesIO(PDF.replace(b"trailer", swollen)))


def test_a_large_pdf_is_refused_and_a_harmless_one_passes():
    assert uploads.paper(BytesIO(b"\n\n" + PDF)).content == PDF
    with pytest.raises(Refused, match="20 MB"):
        uploads.paper(BytesIO(PDF.replace(b"trailer", b" " * uploads.LARGEST_PDF + b"trailer")))


@pytest.mark.parametrize(
    "unit",
    [b"/ObjStm stream\n" + zlib.compress(b""), b"stream\n"],
    ids=["empty object streams", "streams of nothing"],
)
def test_a_pdf_of_nothing_but_streams_costs_no_minutes(unit):
    content = b"%PDF-1.4\n" + unit * (uploads.LARGEST_PDF // 2 // len(unit)) + b"\n%%EOF\n"
    began = time.process_time()

    with pytest.raises(Refused, match="terlalu besar"):
        uploads.paper(BytesIO(content))

    assert time.process_time() - began < 5  # the square of the size took a quarter of an hour


def test_a_program_in_the_second_piece_of_a_stream_is_found(monkeypatch):
    monkeypatch.setattr(uploads, "_PIECE", 8)
    hidden = zlib.compress(b"<< /Length 1 >> " * 9 + b"<< /S /JavaScript /JS (x) >>")
    content = PDF.replace(b"trailer", b"<< /Type /ObjStm >>\nstream\n" + hidden + b"\nendstream\ntrailer")

    with pytest.raises(Refused, match="program atau lampiran"):
        uploads.paper(BytesIO(content))
