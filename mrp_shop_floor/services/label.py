import re

from odoo.tools.misc import clean_context

from ..models.mrp_output_label import FORMATS
from ..tools import gs1
from .base import Service

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: of ZPL, its own sign for FNC1
ZPL_FNC1 = ">8"


class LabelService(Service):
    """Labels of containers; every copy is counted."""

    def print(self, line_id, key, label_format="pdf", reason=None, note=None):
        """Print the label of a container, or print it again and say why.

        :param int line_id: of the container
        :param str key: made by the device, so that a lost answer is not a second copy
        """
        operator = self._get_sign_in().operator_id
        self._as_operator(operator)
        line = self._find_line(line_id, operator)
        is_key = isinstance(key, str) and KEY.fullmatch(key)
        if not line or not is_key or label_format not in dict(FORMATS):
            return self._answer(
                message={
                    "kind": "danger",
                    "text": self.env._(
                        "This container was taken back, or is not of your company."
                    ),
                }
            )
        # sudo: operators have no rights of stock; what they see was checked before
        labels = self.env["mrp.output.label"].sudo()
        label = labels._print(
            line,
            key,
            label_format,
            reason,
            note.strip()[:200] if isinstance(note, str) else "",
            operator,
        )
        return self._answer(
            data={
                "number": label.number,
                "url": f"/mrp_shop_floor/label/{label.key}.{label.format}",
            }
        )

    def _find_line(self, line_id, operator):
        """:return: ``stock.move.line`` as superuser, of an order the user may see"""
        # sudo: operators have no rights of stock; the domain leaves only what was
        # declared on the floor of their company
        line = (
            self.env["stock.move.line"]
            .sudo()
            .search(
                [
                    ("id", "=", line_id if isinstance(line_id, int) else 0),
                    ("company_id", "=", operator.company_id.id),
                    ("declared_workorder_id", "!=", False),
                ]
            )
        )
        visible = line.company_id in self.env.user.company_ids
        return line if visible else line.browse()


def to_zpl(label):
    """:return: str for a label printer with 203 dots per inch, 100 × 150 mm"""
    content = label.content
    rows = [
        (30, 40, content["company"]),
        (70, 60, content["product"]),
        (150, 50, " · ".join(filter(None, (content["quantity"], content["weight"])))),
        (220, 40, content["lot"]),
        (270, 40, content["expiry"]),
        (320, 40, " · ".join(filter(None, (content["order"], content["container"])))),
    ]
    parts = ["^XA", "^CI28", "^PW800", "^LL1200"]
    for top, size, text in rows:
        if text:
            font = f"^A0N,{size},{size}^FB720,1,0,L"
            parts.append(f"^FO40,{top}{font}^FH^FD{_quote(text)}^FS")
    top = 400
    for barcode in content["barcodes"]:
        parts += _draw_zpl(barcode, top)
        top += 260
    if label.number > 1:
        parts.append(f"^FO640,30^A0N,40,40^FD#{label.number}^FS")
    return "\n".join([*parts, "^XZ"]) + "\n"


def _draw_zpl(barcode, top):
    """:return: list of commands for one barcode and what people read under it"""
    if isinstance(barcode, str):
        data, text, mode = _quote(barcode), barcode, "A"
    else:
        # mode D starts with FNC1 and leaves out the brackets
        data = gs1.to_symbols(barcode, ZPL_FNC1, "", "({}){}")
        data, text, mode = _quote(data), gs1.to_text(barcode), "D"
    return [
        f"^FO20,{top}^BY2^BCN,180,N,N,N,{mode}^FH^FD{data}^FS",
        f"^FO40,{top + 190}^A0N,30,30^FB720,1,0,L^FH^FD{_quote(text)}^FS",
    ]


def _quote(text):
    """What would be a command is written as its code."""
    return "".join(f"_{ord(c):02X}" if c in "^~_" else c for c in text)


def get_labels(env, key):
    """:return: ``mrp.output.label`` as superuser that the session's user printed"""
    # sudo: operators see no labels; this one they printed themselves
    env = env(context=clean_context(env.context))
    labels = env["mrp.output.label"].sudo()
    return labels.search([("key", "=", key), ("user_id", "=", env.uid)])
