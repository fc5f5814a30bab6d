"""Photos travel beside the tap they belong to, and wait with it when it does."""

import base64
import binascii

from odoo.tools.mimetypes import guess_mimetype

from .taps import TAPS

MOST_BYTES = 3 * 1024 * 1024
TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def find_photo_problem(env, event):
    """:return: str when what came is no photo, or too large; None when it is right"""
    photo = event.get("photo")
    if photo is None:
        return None
    if not TAPS[event["kind"]].takes_photo:
        return env._("This version of the page is too old. Reload it.")
    if not isinstance(photo, str) or len(photo) > MOST_BYTES * 4 / 3 + 4:
        return env._("The photo is too large. Take it again with a lower resolution.")
    content = _decode(photo)
    if not content or guess_mimetype(content) not in TYPES:
        return env._("This is no photo (JPEG, PNG or WebP). Take it again.")
    return None


def _decode(photo):
    try:
        return base64.b64decode(photo, validate=True)
    except (binascii.Error, ValueError):
        return b""


def attach(record, event):
    """Keep the photo with the tap, whatever becomes of it.

    :return: ``ir.attachment``, maybe none
    """
    # sudo: operators attach nothing themselves
    attachments = record.env["ir.attachment"].sudo()
    if event.get("photo") is None:
        return attachments
    content = _decode(event["photo"])
    return attachments.create(
        {
            "name": f"{record.uuid}.{TYPES[guess_mimetype(content)]}",
            "raw": content,
            "res_model": record._name,
            "res_id": record.id,
        }
    )


def find_photo(record):
    """:return: ``ir.attachment`` that waits with the tap, maybe none"""
    # sudo: it is the photo of this tap
    return (
        record.env["ir.attachment"]
        .sudo()
        .search([("res_model", "=", record._name), ("res_id", "=", record.id)])
    )
