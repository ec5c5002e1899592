"""Attached files that would do more than be read, however they hide it; and others."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from referrals.attachments import sanitise

TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(change=None, *, packed=False):
    """One page, as a program writes it; `packed`, with its objects in compressed streams."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    if change:
        change(document)
    streams = pikepdf.ObjectStreamMode
    document.save(out, object_stream_mode=streams.generate if packed else streams.disable)
    return out.getvalue()


def action(kind, **more):
    fields = {f"/{name}": value for name, value in more.items()}
    return pikepdf.Dictionary({"/S": pikepdf.Name(f"/{kind}"), **fields})


def opens_with(kind, **more):
    def change(document):
        document.Root.OpenAction = document.make_indirect(action(kind, **more))

    return change


def carries_a_file(document):
    document.attachments["a.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")


def page_acts(document):
    document.pages[0].AA = pikepdf.Dictionary({"/O": action("JavaScript", JS="app.alert(1)")})


def form_of_another_language(document):
    document.Root.AcroForm = pikepdf.Dictionary({"/XFA": document.make_stream(b"<xdp/>")})


LIVELY_PDFS = {
    "script": opens_with("JavaScript", JS="app.alert(1)"),
    "program": opens_with("Launch", F="cmd.exe"),
    "sends": opens_with("SubmitForm", F="http://elsewhere.example/"),
    "imports": opens_with("ImportData", F="data.fdf"),
    "another file": opens_with("GoToR", F="other.pdf", D=0),
    "a file inside": carries_a_file,
    "on a page": page_acts,
    "another form": form_of_another_language,
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("change", LIVELY_PDFS.values(), ids=LIVELY_PDFS)
def test_a_pdf_that_acts_is_refused(change, packed):
    with pytest.raises(ValidationError, match="carries a program"):
        sanitise.read(pdf(change, packed=packed))


@pytest.mark.parametrize(
    "name", ["/J#61vaScript", "/#4a#53", "/L#61unch", "/Embedded#46ile", "/#58FA", "/Rich#4dedia"]
)
def test_a_name_in_hex_is_the_same_name(name):
    broken = f"%PDF-1.7\n1 0 obj<<{name} (x)>>endobj\ntrailer<<>>\n%%EOF\n"
    with pytest.raises(ValidationError, match="carries a program"):
        sanitise.read(broken.encode())


def test_nor_does_a_broken_pdf_hide_it_in_a_compressed_part():
    stream = zlib.compress(b"1 0 <</S/J#61vaScript/JS(app.alert(1))>>")
    broken = b"%PDF-1.7\n1 0 obj<<>>stream\n" + stream + b"\nendstream endobj\ntrailer<<>>\n%%EOF\n"
    with pytest.raises(ValidationError, match="carries a program"):
        sanitise.read(broken)


def goes_to_its_page(document):
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def links_to_a_site(document):
    link = pikepdf.Dictionary({"/S": pikepdf.Name.URI, "/URI": "https://www.nhs.uk/"})
    document.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary({"/Subtype": pikepdf.Name.Link, "/A": link})]
    )


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("change", [None, goes_to_its_page, links_to_a_site])
def test_an_ordinary_pdf_is_taken(change, packed):
    assert sanitise.read(pdf(change, packed=packed)).kind == "pdf"


def test_a_pdf_with_a_password_is_refused():
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(ValidationError, match="password"):
        sanitise.read(out.getvalue())


def relation(kind, target, *, outside=False):
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def docx(*, relations="", types="", body="", **parts):
    """A Word document; parts by their names, with `__` for a folder and `_` for a full stop."""
    out = io.BytesIO()
    main = f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
    whole = {
        "[Content_Types].xml": f"<Types>{main}{types}</Types>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/settings.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    named = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in {**whole, **named}.items():
            zipped.writestr(name, content)
    return out.getvalue()


def field(*pieces):
    return "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)


MACRO = '<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
SITE = "https://elsewhere.example/a.dotm"
LIVELY_DOCUMENTS = {
    "a template elsewhere": docx(relations=relation("attachedTemplate", SITE, outside=True)),
    "a template in a share": docx(relations=relation("attachedTemplate", r"\\there\a.dotm")),
    "a picture elsewhere": docx(relations=relation("image", SITE, outside=True)),
    "a frame": docx(relations=relation("frame", SITE, outside=True)),
    "html inside": docx(relations=relation("aFChunk", "chunk.html")),
    "a macro by another name": docx(word__media__picture_png=OLE + b"macro"),
    "a macro by its type": docx(types=MACRO, word__a_bin=b"anything"),
    "a macro by its relation": docx(relations=relation("vbaProject", "theme9.xml")),
    "an object": docx(relations=relation("oleObject", "media/a.bin")),
    "a program": docx(word__media__a_png=b"MZ\x90\x00"),
    "DDE": docx(body=field('DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"')),
    "DDE in pieces": docx(body=field("DD", "EAU", "TO c:\\cmd.exe")),
    "DDE in an attribute": docx(body='<w:fldSimple w:instr="DDE cmd"/>'),
    "a text elsewhere": docx(body=field(f'INCLUDETEXT "{SITE}"')),
    "a link to a file": docx(relations=relation("hyperlink", "file:///c:/cmd.exe", outside=True)),
}


@pytest.mark.parametrize("content", LIVELY_DOCUMENTS.values(), ids=LIVELY_DOCUMENTS)
def test_a_word_document_that_acts_is_refused(content):
    with pytest.raises(ValidationError, match="carries a program"):
        sanitise.read(content)


@pytest.mark.parametrize(
    "content",
    [
        docx(word__styles_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        docx(word__styles_xml="<x>"),
    ],
)
def test_a_part_that_cannot_be_read_is_refused(content):
    with pytest.raises(ValidationError, match="not whole"):
        sanitise.read(content)


@pytest.mark.parametrize(
    "content",
    [
        docx(),
        docx(relations=relation("hyperlink", "https://www.nhs.uk/", outside=True)),
        docx(relations=relation("hyperlink", "mailto:a@leap.example", outside=True)),
        docx(relations=relation("image", "media/image1.png"), word__media__image1_png=sanitise.PNG),
        docx(body=field(" PAGE ") + field(' HYPERLINK "https://www.nhs.uk/" ')),
        docx(body="<w:r><w:t>We agreed to embed the link worker.</w:t></w:r>"),
    ],
)
def test_an_ordinary_word_document_is_taken(content):
    assert sanitise.read(content).kind == "docx"
