from odoo import fields, models
from odoo.exceptions import UserError

TYPES = [
    ("control", "In-process control"),
    ("laboratory", "Laboratory result"),
    ("sample", "Sample taken"),
    ("area", "Area inspected"),
    ("label", "Labels used"),
    ("package", "Containers and closures"),
    ("examination", "Packed goods examined"),
    ("other", "Other"),
]


class MrpBatchResult(models.TransientModel):
    """Write down a result or a check, also after the run is over."""

    _name = "mrp.batch.result"
    _description = "Result in a Batch Record"

    record_id = fields.Many2one("mrp.batch.record", required=True, readonly=True)
    production_id = fields.Many2one(related="record_id.production_id")
    type = fields.Selection(TYPES, required=True, default="control")
    name = fields.Char(string="What", required=True)
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Step",
        domain="[('production_id', '=', production_id)]",
    )
    value = fields.Char()
    unit = fields.Char()
    limits = fields.Char(help="What it should be.")
    verdict = fields.Selection(
        [("pass", "Passed"), ("fail", "Failed"), ("none", "No verdict")],
        required=True,
        default="pass",
    )
    remark = fields.Char()
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    def action_add(self):
        self.ensure_one()
        record = self.record_id
        record._check_may_add()
        if record.state in ("cancelled", "released", "rejected"):
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s: results come before.",
                    record=record.name,
                    state=record._get_state_name(),
                )
            )
        self._keep_files()
        # sudo: entries are written by the server alone
        record = record.sudo()
        record._add("result", {record: self._prepare_entry(record)})
        return {"type": "ir.actions.act_window_close"}

    def _prepare_entry(self, record):
        types = dict(self._fields["type"]._description_selection(self.env))
        verdicts = dict(self._fields["verdict"]._description_selection(self.env))
        return {
            "type": self.type,
            "type_name": types[self.type],
            "name": self.name,
            "step": self.workorder_id.name or None,
            "value": self.value or None,
            "unit": self.unit or None,
            "limits": self.limits or None,
            "verdict": self.verdict,
            "verdict_name": verdicts[self.verdict],
            "remark": self.remark or None,
            "files": [record._prepare_file(file) for file in self.attachment_ids],
            "by": record._get_user(self.env.user),
        }

    def _keep_files(self):
        """The files belong to the record, not to this dialog."""
        for file in self.attachment_ids:
            file.check_access("write")
        # sudo: who adds a result need not have the right to write on the record
        self.sudo().attachment_ids.write(
            {"res_model": "mrp.batch.record", "res_id": self.record_id.id}
        )


class MrpBatchRecord(models.Model):
    _inherit = "mrp.batch.record"

    def action_result(self):
        """Open the dialog that adds a result."""
        return self._get_dialog("mrp.batch.result", self.env._("Result or Check"))

    def action_deviation(self):
        """Open the dialog that reports a deviation."""
        return self._get_dialog("mrp.batch.deviation", self.env._("Report a Deviation"))
