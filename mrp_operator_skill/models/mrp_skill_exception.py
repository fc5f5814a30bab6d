from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mrp_reason_code.tools import is_server

DOORS = [
    ("start", "Start"),
    ("resume", "Resume"),
    ("log", "Time Logged"),
    ("stop", "Stop"),
    ("close", "Completed"),
    ("remove", "Work Order Removed"),
]


class MrpSkillException(models.Model):
    """What passed the gate though it should not have: kept as it was."""

    _name = "mrp.skill.exception"
    _description = "Work Without Qualification"
    _order = "id desc"
    _rec_name = "message"

    date = fields.Datetime(required=True, readonly=True)
    door = fields.Selection(
        DOORS,
        string="When",
        required=True,
        readonly=True,
        help="What was done when it was noticed.",
    )
    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Work Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    workorder_name = fields.Char(string="Operation", readonly=True)
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Work Center", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    operator_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: nobody said who worked.",
    )
    requirement_id = fields.Many2one(
        "mrp.skill.requirement", readonly=True, ondelete="set null"
    )
    requirement_name = fields.Char(string="What Was Asked For", readonly=True)
    mode = fields.Selection(
        [("block", "Block"), ("flag", "Flag")], required=True, readonly=True
    )
    kind = fields.Selection(
        [
            ("lacking", "Not Qualified"),
            ("untrained", "Trainee Without Trainer"),
            ("crew", "Too Few Qualified"),
            ("alone", "Alone"),
            ("nobody", "Nobody Named"),
            ("removed", "No Longer Asked For"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Text(readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        self._check_server()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._check_server()

    def _check_server(self):
        if not is_server(self):
            raise UserError(
                self.env._(
                    "Exceptions are what was recorded. They are not written, changed "
                    "or deleted by anybody."
                )
            )

    @api.model
    def _prepare(self, workorder, problem, door):
        """:return: dict of values for one problem of a work order"""
        # sudo: exceptions are recorded whoever works
        order = workorder.sudo()
        requirement = (
            self.env["mrp.skill.requirement"].sudo().browse(problem["requirement_id"])
        )
        return {
            "date": fields.Datetime.now(),
            "door": door,
            "workorder_id": order.id,
            "workorder_name": order.name,
            "production_id": order.production_id.id,
            "workcenter_id": order.workcenter_id.id,
            "company_id": order.company_id.id,
            "operator_id": problem["operator_id"],
            "requirement_id": requirement.id,
            "requirement_name": requirement._get_title(),
            "mode": problem["mode"],
            "kind": problem["kind"],
            "message": problem["message"],
            "user_id": self.env.uid,
        }
