from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

GROUPS = ("mrp.group_mrp_user", "stock_lot_hold.stock_lot_hold_group_release")
# who corrects what was decided about has to be somebody who decides
DECIDED = ("released", "rejected")


class MrpBatchCorrect(models.TransientModel):
    """Say what is right, and why; what was written before stays readable."""

    _name = "mrp.batch.correct"
    _description = "Correct a Batch Record"

    record_id = fields.Many2one("mrp.batch.record", required=True, readonly=True)
    entry = fields.Selection(selection="_selection_entry", required=True)
    item = fields.Char(required=True, help="What of it is wrong.")
    old = fields.Char(string="It Says")
    new = fields.Char(string="Correct Is", required=True)
    reason = fields.Text(required=True)

    @api.model
    def _selection_entry(self):
        record = self.env["mrp.batch.record"].browse(
            self.env.context.get("default_record_id")
        )
        if not record:
            # which record it is comes with the values: any number may be one
            return [(str(number), str(number)) for number in range(1, 1000)]
        kinds = record._get_kind_names()
        return [
            (
                str(entry["sequence"]),
                f"{entry['sequence']} · {kinds.get(entry['kind'], entry['kind'])}",
            )
            for entry in record._get_entries()
        ]

    def action_correct(self):
        self.ensure_one()
        self.record_id._correct(
            int(self.entry), self.item, self.old, self.new, self.reason
        )
        return {"type": "ir.actions.act_window_close"}


class MrpBatchRecord(models.Model):
    _inherit = "mrp.batch.record"

    def action_correct(self):
        """Open the dialog that corrects."""
        return self._get_dialog("mrp.batch.correct", self.env._("Correct"))

    def _check_may_add(self):
        """Who works on orders and who releases adds to records."""
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in GROUPS):
            raise AccessError(
                self.env._(
                    "Only people of manufacturing and of quality add to batch records."
                )
            )
        for record in self:
            if record.state in DECIDED:
                record._check_may_decide()

    def _correct(self, number, item, old, new, reason):
        """Add a correction.

        :param int number: number of the entry that is corrected
        :param str item: what of it
        :param str old: what it says
        :param str new: what is right
        :param str reason: why
        """
        self.ensure_one()
        self._check_may_add()
        texts = (item, new, reason)
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise UserError(self.env._("Say what is wrong, what is right, and why."))
        entries = {entry["sequence"]: entry for entry in self._get_entries()}
        entry = entries.get(number)
        if not entry:
            raise UserError(
                self.env._(
                    "%(record)s has no entry %(number)s.",
                    record=self.name,
                    number=number,
                )
            )
        kinds = self._get_kind_names()
        # sudo: entries are written by the server alone
        record = self.sudo()
        record._add(
            "correction",
            {
                record: {
                    "entry": number,
                    "title": kinds.get(entry["kind"], entry["kind"]),
                    "entry_hash": entry["hash"],
                    "item": item.strip(),
                    "old": old or None,
                    "new": new.strip(),
                    "reason": reason.strip(),
                    "by": record._get_user(self.env.user),
                }
            },
        )
