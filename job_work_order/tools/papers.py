"""Drawings appended to a traveller."""

import io

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

EDGE = 12 * mm
LEGEND = 8 * mm
# a drawing of more pixels prints no better and takes the memory of everybody
MOST_PIXELS = 100_000_000


def append_documents(stream, documents, explain):
    """Append PDF files and images, each page with the name of its document.

    :param stream: PDF file
    :param documents: list of ``(name, content)``
    :param explain: from a name to what is printed when it cannot be shown
    :return: another PDF file
    """
    writer = PdfWriter()
    writer.append(PdfReader(stream))
    for name, content in documents:
        for page in _get_pages(name, content, explain):
            writer.add_page(page)
    whole = io.BytesIO()
    writer.write(whole)
    whole.seek(0)
    return whole


def _get_pages(name, content, explain):
    try:
        if content[:5] == b"%PDF-":
            pages = list(PdfReader(io.BytesIO(content)).pages)
            for number, page in enumerate(pages, 1):
                page.merge_page(
                    _label(page, f"{name}   {number} / {len(pages)}"), over=True
                )
            return pages
        return [_draw_image(name, content)]
    except (
        PyPdfError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        # whatever somebody uploaded: the traveller is printed all the same
        return [_draw_text(explain(name))]


def _label(page, text):
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    return _draw((width, height), lambda canvas: canvas.drawString(EDGE, 5 * mm, text))


def _draw_image(name, content):
    image = Image.open(io.BytesIO(content))
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(name)
    size = A4 if image.height >= image.width else A4[::-1]

    def paint(canvas):
        canvas.drawString(EDGE, 5 * mm, name)
        canvas.drawImage(
            ImageReader(image.convert("RGB")),
            EDGE,
            EDGE + LEGEND,
            size[0] - 2 * EDGE,
            size[1] - 2 * EDGE - LEGEND,
            preserveAspectRatio=True,
        )

    return _draw(size, paint)


def _draw_text(text):
    return _draw(A4, lambda canvas: canvas.drawString(EDGE, A4[1] - 3 * EDGE, text))


def _draw(size, paint):
    """:return: a page"""
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=size)
    canvas.setFont("Helvetica", 9)
    paint(canvas)
    canvas.save()
    page.seek(0)
    return PdfReader(page).pages[0]
