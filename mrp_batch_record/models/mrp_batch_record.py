import re
import uuid

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import DECIDING

GROUP_RELEASE = "stock_lot_hold.stock_lot_hold_group_release"
STATES = [
    ("open", "Open"),
    ("executed", "Executed"),
    ("review", "In Review"),
    ("released", "Released"),
    ("rejected", "Rejected"),
    ("cancelled", "Cancelled"),
]
EXECUTED = ("executed", "review", "released", "rejected")


class MrpBatchRecord(models.Model):
    """The record of one run: what is asked of it and where it stands.

    What happened is in its entries (``mrp.batch.seal``); this is the part that changes.
    """

    _name = "mrp.batch.record"
    _description = "Batch Record"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(string="Number", required=True, readonly=True, index="trigram")
    key = fields.Char(
        required=True,
        readonly=True,
        index=True,
        default=lambda self: uuid.uuid4().hex,
        help="What its entries know it by.",
    )
    ordinal = fields.Integer(readonly=True, help="The number in the number.")
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        ondelete="set null",
        check_company=True,
    )
    unbuild_id = fields.Many2one(
        "mrp.unbuild", string="Unbuild Order", readonly=True, ondelete="set null"
    )
    run_name = fields.Char(string="Run", readonly=True, required=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, index=True
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="set null"
    )
    product_name = fields.Char(readonly=True)
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots Made", readonly=True, copy=False
    )
    lot_names = fields.Char(compute="_compute_lot_names", string="Lots")
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_open = fields.Datetime(string="Opened", readonly=True)
    date_executed = fields.Datetime(string="Executed", readonly=True)
    date_decided = fields.Datetime(string="Decided", readonly=True)
    entry_count = fields.Integer(string="Entries", readonly=True)
    change_count = fields.Integer(
        string="Corrections and Changes",
        readonly=True,
        help="What was added after the first entry about it.",
    )
    late_change_count = fields.Integer(
        string="Changes after the Decision",
        readonly=True,
        help="What was corrected or changed after the record was released or rejected.",
    )
    decided_user_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, ondelete="set null"
    )
    retention_date = fields.Date(
        string="Keep Until",
        readonly=True,
        help="From the retention period of the product's category.",
    )
    main_yield = fields.Float(string="Yield (%)", readonly=True, digits=(16, 2))
    deviation_ids = fields.One2many("mrp.batch.deviation", "record_id")
    open_deviation_count = fields.Integer(
        compute="_compute_open_deviation_count", string="Open Deviations"
    )

    _production_unique = models.UniqueIndex(
        "(production_id) WHERE production_id IS NOT NULL",
        "A manufacturing order has one batch record.",
    )
    _unbuild_unique = models.UniqueIndex(
        "(unbuild_id) WHERE unbuild_id IS NOT NULL",
        "An unbuild order has one batch record.",
    )
    _name_unique = models.UniqueIndex(
        "(company_id, name)", "A batch record has a number of its own."
    )

    @api.depends("lot_ids.name")
    def _compute_lot_names(self):
        """Outputs of a run often share one number: it is told once."""
        for record in self:
            record.lot_names = ", ".join(dict.fromkeys(record.lot_ids.mapped("name")))

    @api.depends("deviation_ids.state")
    def _compute_open_deviation_count(self):
        for record in self:
            record.open_deviation_count = len(
                record.deviation_ids.filtered(lambda d: d.state == "open")
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not DECIDING.is_on(self.env):
            raise UserError(
                self.env._(
                    "Batch records are opened by Odoo when an order is confirmed."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        fixed = self._get_fixed_fields() & vals.keys()
        if fixed and self and not DECIDING.is_on(self.env):
            raise UserError(
                self.env._(
                    "%(record)s is written by Odoo as things happen. Use its buttons "
                    "to review it, to correct it or to decide about it.",
                    record=self[0].display_name,
                )
            )
        return super().write(vals)

    @api.model
    def _get_fixed_fields(self):
        """:return: fields nobody writes by hand: all that are not about messages"""
        return {
            name
            for name, field in self._fields.items()
            if field.store and not name.startswith(("message_", "activity_"))
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "%(record)s is kept, whatever became of its order.",
                record=self[:1].display_name,
            )
        )

    def copy_data(self, default=None):
        raise UserError(
            self.env._("A batch record tells of one run: it is not copied.")
        )

    def _write_state(self, **vals):
        """Write what changes about the records, as the server does."""
        # sudo: whoever works on the order need not have rights on its record
        DECIDING.put_on(self.sudo()).write(vals)

    def action_open_run(self):
        """Open the run the record tells of."""
        run = self.production_id or self.unbuild_id
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "views": [(False, "form")],
        }

    def action_open_lots(self):
        """Show the lots that were made."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lots of %(record)s", record=self.name),
            "res_model": "stock.lot",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.lot_ids.ids)],
        }

    # Opening

    @api.model
    def _open(self, runs, door):
        """Open the record of each run that has none, and write its first entries.

        :param runs: manufacturing or unbuild orders of companies that keep records
        :param str door: how the run came to be, for its first entry
        :return: the new records
        """
        # sudo: whoever confirms an order need not have rights on its record
        records = DECIDING.put_on(self.sudo())
        field = "production_id" if runs._name == "mrp.production" else "unbuild_id"
        known = records.search_fetch([(field, "in", runs.ids)], [field])[field]
        missing = runs - known
        if not missing:
            return records.browse()
        now = fields.Datetime.now()
        created = records.with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True
        ).create([self._prepare_record(run, field, now) for run in missing])
        created._add_sections("opening", {"door": door})
        return created

    def _prepare_record(self, run, field, now):
        # sudo: numbers are the company's, whoever opens the record
        name = run.company_id.sudo()._get_next_batch_number()
        return {
            "name": name,
            "ordinal": int(re.search(r"\d+$", name).group()),
            field: run.id,
            "run_name": run.name,
            "company_id": run.company_id.id,
            "product_id": run.product_id.id,
            "product_name": run.product_id.display_name,
            "date_open": now,
        }

    # Later

    def _execute(self):
        """The run is over: write down all that is known, once."""
        todo = self.filtered(lambda record: record.state == "open")
        if not todo:
            return
        now = fields.Datetime.now()
        todo._add_sections("execution")
        # all is read before anything is written, which would make it read again
        values = {record: record._prepare_executed(now) for record in todo}
        # of all at once: each would be asked for when it is written
        todo.fetch(["lot_ids"])
        for record, vals in values.items():
            record._write_state(**vals)

    def _prepare_executed(self, now):
        run = self.production_id or self.unbuild_id
        return {
            "state": "executed",
            "date_executed": now,
            "run_name": run.name,
            "lot_ids": [(6, 0, self._get_made_lines().lot_id.ids)],
            "main_yield": self.production_id.main_output_yield,
            "retention_date": self._get_retention_date(now),
        }

    def _get_retention_date(self, now):
        months = self.product_id.categ_id._get_batch_retention()
        return months and (now + relativedelta(months=months)).date()

    def _cancel(self, why=None):
        """The run was called off."""
        todo = self.filtered(lambda record: record.state == "open")
        if not todo:
            return
        todo._add(
            "cancelled",
            {
                record: {
                    "run": record.production_id.name,
                    "by": record._get_user(),
                    "why": why,
                }
                for record in todo
            },
        )
        todo._write_state(state="cancelled", date_executed=fields.Datetime.now())
