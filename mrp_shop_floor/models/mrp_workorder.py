from odoo import fields, models

from ..tools import Moment

BLOCK = "block"
#: rank of what nobody put in order
LAST = 1000


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    instruction_id = fields.Many2one(
        "mrp.operation.instruction",
        string="Instructions",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The version that was in force when the operation was started.",
    )
    shop_floor_url = fields.Char(compute="_compute_shop_floor_url")
    shop_floor_rank = fields.Integer(
        string="Order on the Shop Floor",
        default=LAST,
        copy=False,
        help="What a supervisor put in order comes first, then what is planned first.",
    )

    def _compute_shop_floor_url(self):
        for workorder in self:
            workorder.shop_floor_url = (
                f"{workorder.get_base_url()}/shop_floor/wo/{workorder.id}"
            )

    def _get_instruction(self):
        """:return: instructions of the operation: those it was started with"""
        self.ensure_one()
        return self.instruction_id or self.operation_id.instruction_id

    def button_start(self, raise_on_invalid_state=False):
        res = super().button_start(raise_on_invalid_state)
        for workorder in self:
            # sudo: whoever starts need not be able to write operations
            current = workorder.sudo().operation_id.instruction_id
            if current and not workorder.instruction_id:
                workorder.sudo().instruction_id = current
        return res

    def _check_operators(self, operators, door, at=None):
        """The gate judges as of the tap."""
        at = at or Moment.of(self.env)
        return super()._check_operators(operators, door, at=at)

    def _get_lateness(self):
        """What was finished in time is not late when the server hears of it later."""
        at = Moment.of(self.env)
        if not at or not self.baseline_end or self.state != "done":
            return super()._get_lateness()
        return self.company_id._get_lateness(self.baseline_end, at)

    def _prepare_timeline_vals(self, duration, date_start, date_end=False):
        """Clocks start when it was tapped."""
        at = Moment.of(self.env)
        if at and not date_end:
            date_start = at
        return super()._prepare_timeline_vals(duration, date_start, date_end)

    def _get_start_problems(self, operator):
        """Hook: why somebody may not start these operations now.

        :param operator: ``hr.employee``
        :return: dict from operation to list of sentences
        """
        now = fields.Datetime.now()
        personal = [text for _who, text in self._get_operator_problems(operator, now)]
        problems = {workorder: list(personal) for workorder in self}
        qualifications = self._get_qualification_problems(operator, now)
        for workorder, found in qualifications.items():
            problems[workorder] += [p["message"] for p in found if p["mode"] == BLOCK]
        return {workorder: texts for workorder, texts in problems.items() if texts}

    def action_open_shop_floor(self):
        """Open the page of the phone."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/shop_floor/wo/{self.id}",
            "target": "new",
        }
