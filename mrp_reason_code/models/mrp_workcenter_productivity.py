from odoo import api, fields, models

from .mrp_delay import BLOCK

STANDSTILL = ("availability", "quality")


class MrpWorkcenterProductivity(models.Model):
    _inherit = "mrp.workcenter.productivity"

    rework_id = fields.Many2one(
        "mrp.operation.quantity",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The time went into the rework of these units.",
    )
    mrp_reason_id = fields.Many2one(
        "mrp.reason",
        string="Reason",
        index="btree_not_null",
        ondelete="restrict",
        compute="_compute_mrp_reason_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('category', 'in', ('delay', 'downtime')), ('usable', '=', True)]",
    )
    favorite_reason_ids = fields.Many2many(related="workcenter_id.favorite_reason_ids")
    delay_ids = fields.One2many("mrp.delay", "productivity_id")

    @api.depends("loss_id")
    def _compute_mrp_reason_id(self):
        for log in self:
            log.mrp_reason_id = log._is_standstill() and (
                log.loss_id._get_reason(log.company_id, log.workcenter_id)
                or log.mrp_reason_id
            )

    @api.onchange("mrp_reason_id")
    def _onchange_mrp_reason_id(self):
        if self.mrp_reason_id.loss_id:
            self.loss_id = self.mrp_reason_id.loss_id

    def _get_reason_use(self):
        """:return: arguments of ``mrp.reason._get_misuse``"""
        self.ensure_one()
        # sudo: whoever stops need not see work centers
        log = self.sudo()
        return (
            ("delay", "downtime"),
            log.company_id,
            log.workcenter_id,
            log.production_id.product_id,
            log.description,
        )

    def _is_standstill(self):
        """:return: whether the work center stood still, by a block rather than a log"""
        self.ensure_one()
        return self.loss_type in STANDSTILL and not self.workorder_id

    @api.model_create_multi
    def create(self, vals_list):
        logs = super().create(vals_list)
        for log in logs.filtered("mrp_reason_id"):
            # sudo: the rules of a reason hold for people who can not read it
            if log.mrp_reason_id.sudo()._get_misuse(*log._get_reason_use()):
                # stopping is never refused: the reason waits to be given again
                log.mrp_reason_id = False
        tracking = logs.company_id.filtered("mrp_delay_tracking")
        if tracking:
            logs.filtered(lambda log: log.company_id in tracking)._open_blocks()
        return logs

    def write(self, vals):
        res = super().write(vals)
        if vals.get("mrp_reason_id"):
            for log in self:
                log.mrp_reason_id._check_usable(*log._get_reason_use())
        if "date_end" in vals:
            # what somebody works on is no standstill
            blocks = self.filtered(
                lambda log: not log.workorder_id or log.loss_type in STANDSTILL
            )
            # sudo: delays are what the server saw, nobody writes them himself
            for delay in blocks.sudo().delay_ids:
                # the first end is what was recorded; correcting the log keeps it
                if not delay.date_end and delay.productivity_id.date_end:
                    delay.date_end = delay.productivity_id.date_end
                    delay.deadline = delay._get_shift_end()
                    delay._share_seconds()
        return res

    def _open_blocks(self):
        """Record work centers that stand still, with the reason if one is known."""
        # sudo: as above
        delays = self.env["mrp.delay"].sudo()
        blocks = self.filtered(lambda log: log._is_standstill())
        for log in blocks:
            delay = delays.create(
                {
                    "kind": BLOCK,
                    "productivity_id": log.id,
                    "workcenter_id": log.workcenter_id.id,
                    "company_id": log.company_id.id,
                    "user_id": log.user_id.id,
                    "hourly_cost": log.workcenter_id.costs_hour,
                    "date_start": log.date_start,
                    "date_end": log.date_end,
                }
            )
            if log.mrp_reason_id:
                delay._classify(
                    [{"reason_id": log.mrp_reason_id, "note": log.description}]
                )
