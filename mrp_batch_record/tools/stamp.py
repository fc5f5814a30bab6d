"""What is stamped on every page of a printed record."""

import io

from pypdf import PdfReader, PdfWriter
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

SIZE = 18 * mm
EDGE = 8 * mm


def stamp_pages(stream, number, sealed):
    """Stamp number, page n of m, hash and QR code on every page.

    :param stream: PDF file
    :param str number: number of the record
    :param str sealed: hash of its last entry
    :return: another PDF file
    """
    pages = PdfReader(stream).pages
    writer = PdfWriter()
    for place, page in enumerate(pages, 1):
        # pypdf merges into pages of what it writes
        page = writer.add_page(page)
        box = page.mediabox
        text = f"{number}   {place} / {len(pages)}"
        stamp = _draw(float(box.width), float(box.height), text, sealed, number)
        page.merge_page(PdfReader(stamp).pages[0])
    stamped = io.BytesIO()
    writer.write(stamped)
    stamped.seek(0)
    return stamped


def _draw(width, height, text, sealed, number):
    stamp = io.BytesIO()
    canvas = Canvas(stamp, pagesize=(width, height))
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(EDGE, EDGE + 5 * mm, text)
    canvas.setFont("Courier", 6.5)
    canvas.drawString(EDGE, EDGE + 1 * mm, sealed)
    code = QrCodeWidget(f"{number} {sealed}", barLevel="M")
    left, bottom, right, top = code.getBounds()
    scale = SIZE / max(right - left, top - bottom)
    drawing = Drawing(SIZE, SIZE, transform=[scale, 0, 0, scale, 0, 0])
    drawing.add(code)
    renderPDF.draw(drawing, canvas, width - SIZE - EDGE, EDGE)
    canvas.save()
    stamp.seek(0)
    return stamp
