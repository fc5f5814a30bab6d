import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import DECIDING

# so long does somebody who pressed the button wait
PATIENCE = 10.0
MAY_VERIFY = (
    "mrp_batch_record.mrp_batch_record_group_viewer",
    "stock_lot_hold.stock_lot_hold_group_release",
)


class MrpBatchVerification(models.Model):
    """All entries of a company recomputed: when, by whom, and what was found."""

    _name = "mrp.batch.verification"
    _description = "Verification of Batch Records"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "date"
    _mail_post_access = "read"

    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, index=True
    )
    date = fields.Datetime(readonly=True, required=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    state = fields.Selection(
        [
            ("running", "Being Verified"),
            ("ok", "Nothing Changed"),
            ("broken", "Changed"),
        ],
        readonly=True,
        index=True,
    )
    total = fields.Integer(
        string="To Check", readonly=True, help="Length of the chain at the beginning."
    )
    progress = fields.Float(compute="_compute_progress")
    resume = fields.Json(readonly=True, help="Where the next part takes up.")
    checked = fields.Integer(string="Entries", readonly=True)
    position = fields.Integer(string="Length of the Chain", readonly=True)
    head = fields.Char(string="Head of the Chain", readonly=True)
    unlinked = fields.Integer(string="Not Linked Yet", readonly=True)
    erased = fields.Integer(string="Names Erased", readonly=True)
    gap_count = fields.Integer(string="Numbers without Record", readonly=True)
    gaps = fields.Text(readonly=True)
    unrecorded = fields.Text(string="Orders without Record", readonly=True)
    seconds = fields.Float(readonly=True, digits=(16, 2))
    problem_count = fields.Integer(string="Findings", readonly=True)
    first_problem = fields.Text(string="First Finding", readonly=True)
    report = fields.Text(readonly=True)

    @api.depends("checked", "total", "state")
    def _compute_progress(self):
        for verification in self:
            share = verification.checked / (verification.total or 1)
            running = verification.state == "running"
            verification.progress = min(100 * share, 99) if running else 100

    @api.model_create_multi
    def create(self, vals_list):
        if not DECIDING.is_on(self.env):
            raise UserError(self._get_refusal())
        return super().create(vals_list)

    def write(self, vals):
        fixed = any(not n.startswith(("message_", "activity_")) for n in vals)
        if self and fixed and not DECIDING.is_on(self.env):
            raise UserError(self._get_refusal())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_refusal())

    def _get_refusal(self):
        return self.env._(
            "Verifications are made by Odoo. Press Verify to make another one."
        )

    def _check_may_verify(self):
        if not any(self.env.user.has_group(group) for group in MAY_VERIFY):
            raise AccessError(
                self.env._(
                    "Only people who may see all batch records verify them: ask for "
                    "the role “Batch Record Viewer”."
                )
            )

    @api.model
    def action_verify(self):
        """Verify the present company and show what was found, or how far it is."""
        self._check_may_verify()
        # sudo: the verifier reads what nobody else may read at once
        verification = self.sudo()._start(self.env.company)
        verification._go_on_for(PATIENCE)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": verification.id,
            "views": [(False, "form")],
        }

    def action_go_on(self):
        """Check more of it now, rather than wait for the scheduled action."""
        self._check_may_verify()
        self.check_access("read")
        # sudo: as when it was begun
        self.sudo()._go_on_for(PATIENCE)
        return True

    def _go_on_for(self, seconds):
        """Go on as long as somebody waits; the scheduled action does the rest."""
        until = time.perf_counter() + seconds
        while self.state == "running" and time.perf_counter() < until:
            if not self._lock():
                break
            self._go_on()
        if self.state == "running":
            self._ask_to_go_on()

    @api.model
    def _cron_verify(self):
        """Begin to verify each company; ``_cron_go_on`` does the work."""
        cron = self.env["ir.cron"]
        companies = self._get_companies()
        for left, company in enumerate(reversed(companies)):
            records = self.env["mrp.batch.record"].with_company(company)
            if company.mrp_batch_record:
                records._catch_up(company)
            self.with_company(company)._start(company)
            self._ask_to_go_on()
            if not cron._commit_progress(1, remaining=len(companies) - left - 1):
                break

    @api.model
    def _cron_go_on(self):
        """Check part by part what was begun, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self._count_left())
        for verification in self.search([("state", "=", "running")], order="id"):
            verification = verification.with_company(verification.company_id)
            while verification._lock() and verification.state == "running":
                checked = verification._go_on()
                left = self._count_left()
                if not cron._commit_progress(checked or 1, remaining=left):
                    return
        cron._commit_progress(remaining=0)

    @api.model
    def _count_left(self):
        """:return: entries that wait to be checked, and a last step each"""
        running = self.search([("state", "=", "running")])
        return sum(max(each.total - each.position, 0) + 1 for each in running)

    def _lock(self):
        """:return: whether it is ours to go on with, and read as it is now"""
        locked = bool(self.try_lock_for_update())
        if locked:
            self.invalidate_recordset()
        return locked

    @api.model
    def _start(self, company):
        """:return: the verification of a company that is going on, or a new one"""
        running = self.search(
            [("company_id", "=", company.id), ("state", "=", "running")], limit=1
        )
        return running or self._begin(company)

    @api.model
    def _ask_to_go_on(self):
        """Have the scheduled action do the rest."""
        cron = self.env.ref("mrp_batch_record.ir_cron_verify_go_on", False)
        if cron:
            # sudo: whoever verifies need not have rights on scheduled actions
            cron.sudo()._trigger()

    @api.model
    def _get_companies(self):
        """:return: companies that have a chain or keep records"""
        self.env.cr.execute("SELECT DISTINCT company_id FROM mrp_batch_seal")
        sealed = [company for (company,) in self.env.cr.fetchall()]
        return self.env["res.company"].search(
            ["|", ("mrp_batch_record", "=", True), ("id", "in", sealed)]
        )

    def _get_unrecorded(self, company):
        """:return: orders that should have a record and have none"""
        if not company.mrp_batch_record_since:
            return self.env["mrp.production"]
        return self.env["mrp.production"].search(
            [
                ("company_id", "=", company.id),
                ("state", "not in", ("draft", "cancel")),
                ("create_date", ">=", company.mrp_batch_record_since),
                ("batch_record_ids", "=", False),
            ],
            limit=100,
        )
