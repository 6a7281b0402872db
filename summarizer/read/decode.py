"""Bytes of unknown encoding to text, and what kind of text it is."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from summarizer.types import PageKind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I
)
_META_BYTES = 4096  # browsers look at 1024; some news pages put scripts first
_GUESS_BYTES = 50_000
# Browsers read these labels as Windows-1252, since pages so labelled hold its quotation marks.
_AS_WINDOWS = frozenset({"iso8859-1", "ascii", "latin-1", "cp1252"})
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x7fELF",
    b"\x1f\x8b",
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.01
_MAX_TYPOGRAPHIC = 0.1  # share of bytes that quotation marks, dashes and accents take
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIXES: dict[str, PageKind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}


def is_binary(content: bytes) -> bool:
    """Say whether `content` is no text: a known file signature, or control bytes without a BOM."""
    if content.startswith(_SIGNATURES):
        return True
    if content.startswith(tuple(bom for bom, _ in _BOMS)):
        return False
    sample = content[:_GUESS_BYTES]
    return len(_CONTROLS.findall(sample)) > _MAX_CONTROLS * len(sample)


def decode(content: bytes, *, charset: str | None = None) -> str:
    """Return `content` as text: by its BOM, as UTF-8, as declared, as guessed; it never fails.

    UTF-8 goes before the declared `charset` (of the HTTP header, or a meta tag), because bytes that
    are valid UTF-8 and not ASCII are never anything else by chance, and labels are often wrong.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content.decode(name, errors="replace").removeprefix("\ufeff")
    meta = _META.search(content[:_META_BYTES])
    declared = charset or (meta.group(1).decode("ascii", "replace") if meta else None)
    for name in ["utf-8"] + ([_python_codec(declared)] if declared else []):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return content.decode(_guess_codec(content[:_GUESS_BYTES]), errors="replace")


def guess_kind(text: str, *, name: str = "") -> PageKind:
    """Return what `text` is: by the suffix of its file `name`, else by how it begins."""
    suffix = PurePath(name).suffix.lower()
    return _SUFFIXES.get(suffix) or ("html" if _HTML_START.match(text) else "text")


def _guess_codec(sample: bytes) -> str:
    """Return the likeliest codec: Windows-1252 where few bytes are beyond ASCII, as in English.

    Guessed from the bytes, a quarter of such texts were taken for another code page.
    """
    from charset_normalizer import from_bytes  # few pages need it

    foreign = sum(byte > 0x7F for byte in sample)
    best = from_bytes(sample).best() if foreign > _MAX_TYPOGRAPHIC * len(sample) else None
    return _python_codec(best.encoding if best else None)


def _python_codec(label: str | None) -> str:
    """Return a text codec for `label`, Windows-1252 when it is unknown."""
    try:
        info = codecs.lookup(label or "cp1252")
    except (LookupError, ValueError):
        return "cp1252"
    is_text = getattr(info, "_is_text_encoding", True)  # "hex" and "rot13" are codecs too
    return "cp1252" if info.name in _AS_WINDOWS or not is_text else info.name
