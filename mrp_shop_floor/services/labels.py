"""How records are told to a phone: names and numbers, never money."""

from odoo import fields


def moment(value):
    """:return: str with the time zone, as JavaScript reads it"""
    return value and fields.Datetime.to_string(value).replace(" ", "T") + "Z"


def unit(uom, reference):
    """:return: dict about a unit; ``factor`` turns it into the reference"""
    return {
        "id": uom.id,
        "name": uom.name,
        "factor": uom.factor / reference.factor,
        "rounding": uom.rounding,
    }


def reason(record, favorites):
    """:return: dict about a reason"""
    return {
        "id": record.id,
        "name": record.name,
        "code": record.code,
        "favorite": record in favorites,
        "note_required": record.note_required,
    }


def person(employee):
    """:return: dict about somebody who works"""
    return {"id": employee.id, "name": employee.name}
