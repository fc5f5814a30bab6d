from odoo import api, fields, models
from odoo.exceptions import UserError


class MrpBatchErase(models.TransientModel):
    """Take the name of a person out of records that need not be kept any longer."""

    _name = "mrp.batch.erase"
    _description = "Erase a Person's Name"

    employee_id = fields.Many2one("hr.employee")
    user_id = fields.Many2one("res.users")
    reason = fields.Text(required=True)
    despite_retention = fields.Boolean(
        string="Also Where the Record Must Be Kept",
        help="Only when a law says so; the reason is sealed.",
    )
    record_count = fields.Integer(
        string="Records with the Name", compute="_compute_counts"
    )
    kept_count = fields.Integer(string="To Be Kept Still", compute="_compute_counts")

    @api.depends("employee_id", "user_id")
    def _compute_counts(self):
        for wizard in self:
            # sudo: how many there are, for who may erase
            records = wizard.sudo()._get_records()
            wizard.record_count = len(records)
            wizard.kept_count = len(records.filtered(lambda r: r._is_retained()))

    def _get_keys(self):
        """:return: keys the person may be known by"""
        employee = self.employee_id.sudo()  # sudo: people of quality see no employees
        user = self.user_id | employee.user_id
        employees = employee | user.sudo().employee_ids
        partners = user.partner_id
        return [
            f"{record._name},{record.id}"
            for records in (employees, user, partners)
            for record in records
        ]

    def _get_records(self):
        people = self.env["mrp.batch.person"].search(
            [
                ("key", "in", self._get_keys()),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        return self.env["mrp.batch.record"].search(
            [("key", "in", list(set(people.mapped("record_key"))))]
        )

    def action_erase(self):
        self.ensure_one()
        self.env["mrp.batch.record"]._check_may_decide()
        if not (self.employee_id or self.user_id):
            raise UserError(self.env._("Choose whose name is erased."))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why: the reason is sealed."))
        # sudo: names are the server's to erase
        wizard = self.sudo()
        records = wizard._get_records()
        if not self.despite_retention:
            records = records.filtered(lambda record: not record._is_retained())
        if not records:
            raise UserError(
                self.env._(
                    "No record holds this name that need not be kept any longer."
                )
            )
        by = records._get_user(self.env.user)
        for key in self._get_keys():
            self.env["mrp.batch.person"].sudo()._erase(key, records.mapped("key"))
        records._add(
            "erasure",
            {record: {"reason": self.reason.strip(), "by": by} for record in records},
        )
        return {"type": "ir.actions.act_window_close"}


class MrpBatchRecord(models.Model):
    _inherit = "mrp.batch.record"

    def _is_retained(self):
        """:return: whether the record must still be kept as it is"""
        self.ensure_one()
        if self.state in ("open", "executed", "review"):
            return True
        today = fields.Date.context_today(self)
        return bool(self.retention_date and self.retention_date > today)
