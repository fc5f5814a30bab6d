from odoo import api, fields, models

CODE = "mrp.batch.record"


class ResCompany(models.Model):
    _inherit = "res.company"

    mrp_batch_record = fields.Boolean(
        string="Batch Records",
        help="Every manufacturing order confirmed from now on gets a batch record that "
        "can not be changed.",
    )
    mrp_batch_record_since = fields.Datetime(readonly=True)
    mrp_batch_signature = fields.Boolean(
        string="Signed Release",
        help="Whoever releases or rejects a batch record signs with a password, or "
        "with badge and PIN.",
    )
    mrp_batch_anchor_email = fields.Char(
        string="Head of the Chain To",
        help="Gets the head of the chain every day. Filed outside of Odoo, it proves "
        "later that nothing was cut off or rewritten.",
    )
    mrp_batch_tolerance = fields.Float(
        string="Tolerance (%)",
        default=5.0,
        help="Yields and materials further off than this are shown to the reviewer.",
    )
    mrp_batch_sequence_id = fields.Many2one("ir.sequence", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._start_batch_records()
        return companies

    def write(self, vals):
        res = super().write(vals)
        if vals.get("mrp_batch_record"):
            self._start_batch_records()
        return res

    def _get_floor_settings(self):
        return [*super()._get_floor_settings(), "mrp_batch_record"]

    def _start_batch_records(self):
        """Note from when on a company keeps records, and give it numbers."""
        starting = self.filtered(
            lambda c: c.mrp_batch_record and not c.mrp_batch_record_since
        )
        starting.mrp_batch_record_since = fields.Datetime.now()
        # sudo: who sets up a company need not see sequences
        sequences = self.env["ir.sequence"].sudo()
        for company in self.filtered("mrp_batch_record"):
            if company.mrp_batch_sequence_id:
                continue
            company.mrp_batch_sequence_id = sequences.create(
                {
                    "name": self.env._("Batch Records"),
                    "code": CODE,
                    "prefix": "BR/",
                    "padding": 6,
                    "company_id": company.id,
                    "number_next": company._get_last_sealed_number() + 1,
                }
            )

    def _get_last_sealed_number(self):
        """:return: highest number in the seal, which outlives an uninstallation"""
        self.env.cr.execute(
            r"""
            SELECT max(substring(record FROM '\d+$')::bigint)
              FROM mrp_batch_seal WHERE company_id = %s
            """,
            [self.id],
        )
        return self.env.cr.fetchone()[0] or 0

    def _get_next_batch_number(self):
        if not self.mrp_batch_sequence_id:
            self._start_batch_records()
        return self.mrp_batch_sequence_id.next_by_id()
