"""Whether a Word document acts: macros, programs and files inside, fields and links that fetch.

Parts are judged by what they are and how they are referred to, not by their names alone.
"""

import re
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException, ElementTree

# What the first bytes of a part say it is: an OLE container, a program, another archive, a script.
BINARIES = (
    b"\xd0\xcf\x11\xe0",
    b"MZ",
    b"\x7fELF",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"#!",
    b"%PDF",
)
# Of a part's content type, and of what refers to it.
TYPES = re.compile(
    r"macroenabled|vbaproject|vbadata|oleobject|activex|keymapcustomizations|\.package\b"
    r"|x-msdownload|javascript|vbscript|html|mhtml|rtf",
    re.IGNORECASE,
)
RELATIONS = re.compile(
    r"/(vbaProject|wordVbaData|oleObject|package|control|activeXControlBinary|aFChunk"
    r"|attachedTemplate|subDocument|frame|keyMapCustomizations|externalLink\w*|attachedToolbars)$",
    re.IGNORECASE,
)
# Fields that start something or fetch it. A field may be cut into pieces: they are put together.
FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTOTEXT|EMBED)\b",
    re.IGNORECASE,
)
HYPERLINK = "/hyperlink"
NAMES = ("vbaproject", ".exe", ".js", ".dll", ".vbs", ".bat", ".scr", ".lnk", ".hta", ".ps1")


def has_active_content(zipped: ZipFile, parts: list[ZipInfo]) -> bool:
    """Whether anything in it does more than be read. ValueError for what is not whole."""
    if len({part.filename for part in parts}) != len(parts):
        raise ValueError("two parts of one name")
    for part in parts:
        try:
            content = zipped.read(part)
        except (BadZipFile, NotImplementedError, OSError, EOFError) as broken:
            raise ValueError("a part is not whole") from broken
        if _part_acts(part.filename.lower(), content):
            return True
    return False


def _part_acts(name: str, content: bytes) -> bool:
    if content.startswith(BINARIES) or "/embeddings/" in name or "/activex/" in name:
        return True
    if any(word in name for word in NAMES):
        return True
    if not (name.endswith((".xml", ".rels")) or content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"):
        return False
    return _xml_acts(name, content)


def _xml_acts(name: str, content: bytes) -> bool:
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError, LookupError) as broken:
        raise ValueError("a part cannot be read") from broken
    if name == "[content_types].xml":
        return any(TYPES.search(element.get("ContentType", "")) for element in root.iter())
    if name.endswith(".rels"):
        return any(_reaches_out(element.attrib) for element in root.iter())
    # What all fields say: their pieces in a row, and those that are written as an attribute.
    pieces = [element.text or "" for element in root.iter() if _local(element.tag) == "instrtext"]
    simple = [
        value
        for element in root.iter()
        if _local(element.tag) == "fldsimple"
        for name, value in element.attrib.items()
        if _local(name) == "instr"
    ]
    return FIELDS.search(" ".join(["".join(pieces), " ".join(pieces), *simple])) is not None or any(
        _local(element.tag) in ("oleobject", "altchunk", "control") for element in root.iter()
    )


def _reaches_out(relation: dict[str, str]) -> bool:
    kind = relation.get("Type", "")
    if RELATIONS.search(kind):
        return True
    outside = relation.get("TargetMode", "").strip().lower() == "external"
    if kind.endswith(HYPERLINK):
        return outside and not relation.get("Target", "").lower().startswith(
            ("http:", "https:", "mailto:", "tel:", "#")
        )
    elsewhere = re.match(r"[a-z][a-z0-9+.-]*:|//|\\\\", relation.get("Target", ""), re.IGNORECASE)
    return outside or elsewhere is not None


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].lower()
