import base64
import binascii
import json

from odoo import fields, models
from odoo.exceptions import UserError


class MrpBatchAnchorCheck(models.TransientModel):
    """Compare a head that was kept outside with the chain of today."""

    _name = "mrp.batch.anchor.check"
    _description = "Check the Chain against a Head"

    file = fields.Binary(string="Head from Outside", required=True)
    file_name = fields.Char()
    state = fields.Selection(
        [("ok", "Same Chain"), ("broken", "Changed")], readonly=True
    )
    answer = fields.Text(readonly=True)

    def action_check(self):
        self.ensure_one()
        anchors = self.env["mrp.batch.anchor"]
        anchors._check_may_see()
        try:
            content = json.loads(base64.b64decode(self.file))
        except (ValueError, binascii.Error):
            raise UserError(
                self.env._("This file is no head of a chain of batch records.")
            ) from None
        problems = anchors._check_content(content)
        self.state = "broken" if problems else "ok"
        self.answer = (
            "\n".join(
                f"{problem['place']}: {problem['what']} ({problem['expected']} → "
                f"{problem['found']})"
                for problem in problems
            )
            if problems
            else self.env._(
                "The chain goes on from this head, position %(position)s.",
                position=content["position"],
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
