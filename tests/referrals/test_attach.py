"""Grace attaches a letter and a photograph to a referral; Sam, whom it was sent to, reads."""

import io
import socketserver
import threading
import zipfile
import zlib
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from families.access.involvement_actions import involve
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from referrals.attachments import actions, sanitise
from referrals.attachments.actions import stored_path
from referrals.models import Attachment
from tests.referrals.reading import page_of

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def segment(marker, content):
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


EXIF = segment(0xE1, b"Exif\0\0 51.4613N 0.1156W")
FRAME = segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00")
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\xd2\xff\x00\xcf\x20"
JPEG = b"\xff\xd8" + segment(0xE0, b"JFIF\0") + EXIF + FRAME + SCAN + b"\xff\xd9"


def chunk(name, content):
    return (
        len(content).to_bytes(4, "big")
        + name
        + content
        + zlib.crc32(name + content).to_bytes(4, "big")
    )


def png(width=1):
    head = width.to_bytes(4, "big") + (1).to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    parts = [
        chunk(b"IHDR", head),
        chunk(b"eXIf", b"51.4613N"),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    ]
    return sanitise.PNG + b"".join(parts)


def docx(**more):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in ("[Content_Types].xml", "word/document.xml", *more.values()):
            zipped.writestr(name, "<x/>")
    return file.getvalue()


@pytest.fixture(autouse=True)
def kept_in(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def attach(referral, grace, client_of):
    def attach(content=PDF, name="letter.pdf", title="Letter from the clinic", by=grace):
        file = SimpleUploadedFile(name, content)
        form = {"submission": str(uuid4()), "what": title, "file": file}
        return client_of(by).post(f"/referrals/{referral.ref}/attach/", form)

    return attach


def test_both_sides_read_what_she_attached_and_each_look_is_kept(
    attach, referral, sam, client_of, okafors
):
    attach(name="../../chidi okafor.html")
    attachment = Attachment.objects.get()
    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))
    assert "Letter from the clinic" in page
    assert "Not scanned for viruses" in page
    answer = client_of(sam).get(f"/referrals/{referral.ref}/attachments/{attachment.ref}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{attachment.ref}.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    events = Event.objects.about_family(okafors.ref).filter(kind__startswith="referral.file")
    assert list(events.order_by("position").values_list("kind", "by_name")) == [
        ("referral.file_added", "Grace Mensah"),
        ("referral.file_opened", "Sam Ortiz"),
    ]


def test_on_the_disk_its_name_says_nothing(attach, kept_in, tmp_path):
    attach(name="chidi.pdf")
    (path,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(path.name) == 64
    assert path.stat().st_mode & 0o077 == 0


def test_the_same_file_twice_is_one(attach):
    attach()
    attach(name="again.pdf")
    assert Attachment.objects.count() == 1


def test_a_photograph_does_not_say_where_it_was_taken():
    photograph = sanitise.read(JPEG + b"behind its end")
    assert photograph.content == JPEG.replace(EXIF, b"")
    assert b"51.4613N" not in sanitise.read(png()).content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "Attach a PDF"),
        (b"MZ\x90\x00\x03", "Attach a PDF"),
        (PDF.replace(b"%%EOF", b""), "not whole"),
        (PDF.replace(b"<<>>", b"<</JavaScript 1>>"), "carries a program"),
        (PDF.replace(b"<<>>", b"<</Encrypt 1>>"), "password"),
        (JPEG[:-4], "not whole"),
        (b"\xff\xd8\xff\xd9", "not whole"),
        (png()[:-3], "not whole"),
        (png(width=60_000_000), "too many pixels"),
        (docx(macro="word/vbaProject.bin"), "carries a program"),
        (b"PK\x03\x04 and no zip", "not whole"),
        (b"x" * (sanitise.LARGEST + 1), "larger than 10 MB"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_sentence(content, why):
    with pytest.raises(ValidationError, match=why):
        sanitise.read(content)


def test_a_word_document_and_plain_text_are_taken():
    assert sanitise.read(docx()).kind == "docx"
    assert sanitise.read("Søren weighs 4 kg\n".encode()).kind == "text"


def test_too_large_a_file_is_said_and_what_she_typed_is_still_there(attach):
    page = page_of(attach(content=b"x" * (sanitise.LARGEST + 1)))
    assert "larger than 10 MB" in page
    assert "Letter from the clinic" in page
    assert not Attachment.objects.exists()


def test_others_read_neither_the_file_nor_that_it_is_there(
    attach, referral, ruth, miriam, midwives, client_of
):
    attach()
    attachment = Attachment.objects.get()
    path = f"/referrals/{referral.ref}/attachments/{attachment.ref}/"
    assert client_of(ruth).get(path).status_code == 404
    assert client_of(miriam).get(path).status_code == 200


def test_who_works_with_the_family_but_is_on_neither_side_sees_how_many(
    attach, referral, okafors, midwives, ruth, grace, client_of
):
    attach()
    involve(family=okafors, team=midwives, reason="team_around_family", by=grace)
    assert "1 file, for the two teams" in page_of(
        client_of(ruth).get(f"/referrals/{referral.ref}/")
    )
    attachment = Attachment.objects.get()
    path = f"/referrals/{referral.ref}/attachments/{attachment.ref}/"
    assert client_of(ruth).get(path).status_code == 403


def test_only_the_side_that_attached_it_takes_it_away(attach, referral, sam):
    attach()
    attachment = Attachment.objects.get()
    with pytest.raises(NotAllowed):
        actions.remove_attachment(attachment=attachment, why="Wrong child", by=sam)


@pytest.mark.django_db(transaction=True)
def test_taken_away_its_content_is_gone(attach, referral, grace, client_of):
    attach()
    attachment = Attachment.objects.get()
    path = f"/referrals/{referral.ref}/attachments/{attachment.ref}/"
    client_of(grace).post(f"{path}remove/", {"why": "Of another child"})
    assert not stored_path(attachment.place).exists()
    assert client_of(grace).get(path).status_code == 409
    assert "Of another child" in page_of(client_of(grace).get(f"/referrals/{referral.ref}/"))


def test_what_was_changed_on_the_disk_is_not_handed_out(attach, referral, grace):
    attach()
    attachment = Attachment.objects.get()
    stored_path(attachment.place).write_bytes(b"%PDF-1.7 something else %%EOF")
    with pytest.raises(Conflict, match="not what was attached"):
        actions.open_attachment(attachment=attachment, referral=referral, by=grace)


class Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does, and knows one virus."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        verdict = b"EICAR FOUND" if b"EICAR" in content else b"OK"
        self.wfile.write(b"stream: " + verdict + b"\0")


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def test_with_a_scanner_what_it_stops_is_not_kept_and_the_rest_is_called_clean(attach, clamd):
    assert "virus scanner stopped this file" in page_of(attach(content=PDF + b"EICAR"))
    attach(content=PDF + b" " * 200_000 + b"%%EOF")
    assert Attachment.objects.get().scan == "clean"


def test_a_scanner_that_is_away_lets_nothing_past(attach, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    assert "does not answer" in page_of(attach())
    assert not Attachment.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_she_photographs_a_letter_on_her_telephone(referral, grace, phone, sign_in_as, axe):
    hers = sign_in_as(grace, phone)
    hers.goto(f"/referrals/{referral.ref}/")
    hers.get_by_role("link", name="Attach a file").click()
    assert axe(hers) == []
    hers.get_by_label("What is it?").fill("Letter from the clinic")
    hers.get_by_label("The file").set_input_files(
        {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": JPEG}
    )
    hers.get_by_role("button", name="Attach").click()
    with hers.expect_download() as downloading:
        hers.get_by_role("link", name="Letter from the clinic", exact=True).click()
    attachment = Attachment.objects.get()
    assert downloading.value.suggested_filename == f"{attachment.ref}.jpg"
    assert axe(hers) == []
