from odoo import api, fields, models

from ..tools import as_server, check_baseline_vals
from ..tools.baseline import BASELINE
from .mrp_operation_quantity import DOWNGRADE, GOOD, SCRAP


class MrpWorkorder(models.Model):
    """Quantities of an operation and its frozen plan."""

    _inherit = "mrp.workorder"

    operation_quantity_ids = fields.One2many(
        "mrp.operation.quantity", "workorder_id", string="Quantities"
    )
    balance_quantity_ids = fields.One2many(
        "mrp.operation.quantity", "balance_workorder_id", string="Units Charged"
    )
    qty_started = fields.Float(
        string="Started",
        compute="_compute_operation_quantities",
        digits="Product Unit",
        help="Units the operation told about; reworked ones count once.",
    )
    qty_good = fields.Float(
        string="Good", compute="_compute_operation_quantities", digits="Product Unit"
    )
    qty_scrapped = fields.Float(
        string="Scrapped",
        compute="_compute_operation_quantities",
        digits="Product Unit",
    )
    qty_downgraded = fields.Float(
        string="Downgraded",
        compute="_compute_operation_quantities",
        digits="Product Unit",
    )
    qty_in_rework = fields.Float(
        string="In Rework",
        compute="_compute_operation_quantities",
        digits="Product Unit",
    )
    first_pass_yield = fields.Float(
        string="First-Pass Yield (%)",
        compute="_compute_operation_quantities",
        digits=(16, 2),
        help="Units that were good the first time, of all started.",
    )
    baseline_start = fields.Datetime(
        readonly=True,
        copy=False,
        help="Planned start when the plan was frozen; Odoo's own dates move on.",
    )
    baseline_end = fields.Datetime(readonly=True, copy=False)

    @api.depends(
        "balance_quantity_ids.quantity",
        "balance_quantity_ids.open_quantity",
        "balance_quantity_ids.reversed",
    )
    def _compute_operation_quantities(self):
        rows = self.env["mrp.operation.quantity"]._read_group(
            [("balance_workorder_id", "in", self.ids), ("reversed", "=", False)],
            ["balance_workorder_id", "kind", "loop", "rework_of_id"],
            ["quantity:sum", "open_quantity:sum"],
        )
        totals = {}
        for workorder, kind, _loop, origin, quantity, in_rework in rows:
            total = totals.setdefault(workorder.id, {})
            first = 0 if origin else quantity
            for key, amount in (
                (kind, quantity),
                ("open", in_rework),
                ("started", first),
                ("first_good", first if kind == GOOD else 0),
            ):
                total[key] = total.get(key, 0) + amount
        for workorder in self:
            total = totals.get(workorder._origin.id, {})
            workorder.qty_started = total.get("started", 0)
            workorder.qty_good = total.get(GOOD, 0)
            workorder.qty_scrapped = total.get(SCRAP, 0)
            workorder.qty_downgraded = total.get(DOWNGRADE, 0)
            workorder.qty_in_rework = total.get("open", 0)
            workorder.first_pass_yield = workorder.qty_started and (
                100 * total.get("first_good", 0) / workorder.qty_started
            )

    def write(self, vals):
        """The frozen plan changes by re-planning only."""
        check_baseline_vals(self, vals)
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        # said here, so that no default of the caller's context says otherwise
        return super().create([vals | dict.fromkeys(BASELINE) for vals in vals_list])

    def _freeze_baseline(self):
        """Keep the planned dates of operations that have some."""
        for workorder in self:
            if workorder.date_start and workorder.date_finished:
                as_server(workorder).write(
                    {
                        "baseline_start": workorder.date_start,
                        "baseline_end": workorder.date_finished,
                    }
                )

    def _copy_baseline(self, origins):
        """Operations of a backorder are late against those of the order before."""
        frozen = {
            origin.operation_id: origin for origin in origins.filtered("baseline_end")
        }
        for workorder in self:
            if origin := frozen.get(workorder.operation_id):
                as_server(workorder).write(
                    {
                        "baseline_start": origin.baseline_start,
                        "baseline_end": origin.baseline_end,
                    }
                )

    def _shift_baseline(self, delta):
        """Move the frozen dates of operations along with those of their order."""
        for workorder in self.filtered("baseline_end"):
            as_server(workorder).write(
                {
                    "baseline_start": workorder.baseline_start + delta,
                    "baseline_end": workorder.baseline_end + delta,
                }
            )

    def action_declare_quantity(self):
        """Open the dialog that asks what became of the units."""
        self.ensure_one()
        return self.production_id._get_declare_action(self)

    def button_scrap(self):
        action = super().button_scrap()
        return self.production_id._offer_rejects(action)
