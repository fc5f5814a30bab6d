from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools import Demand, Holding, Level, rate

BLOCK = "block"
FLAG = "flag"


class MrpSkillRequirement(models.Model):
    """What a work center or an operation asks of the people who work there."""

    _name = "mrp.skill.requirement"
    _description = "Qualification Asked For"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        tracking=True,
        help="Holds for all operations at this work center.",
    )
    operation_id = fields.Many2one(
        "mrp.routing.workcenter",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        tracking=True,
        help="Holds for this operation of a bill of materials.",
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    skill_type_id = fields.Many2one(
        "hr.skill.type",
        compute="_compute_skill_type_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
    )
    skill_id = fields.Many2one(
        "hr.skill",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=?', skill_type_id)]",
        tracking=True,
    )
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        string="Minimum Level",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        tracking=True,
        help="Empty: any level will do.",
    )
    minimum_progress = fields.Integer(
        string="Minimum",
        compute="_compute_minimum_progress",
        store=True,
        precompute=True,
        tracking=True,
        aggregator=None,
        help="Progress of the level when it was chosen. Changing the level's "
        "definition lifts nobody: choose the level again to use the new one.",
    )
    certificate_required = fields.Boolean(
        string="Certificate",
        compute="_compute_certificate_required",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
        help="Only a qualification with an end of validity counts.",
    )
    mode = fields.Selection(
        [(BLOCK, "Block"), (FLAG, "Flag")],
        default=BLOCK,
        required=True,
        tracking=True,
        help="Block: who lacks it does not come to work without an override. Flag: "
        "the work is done and recorded as an exception.",
    )
    scope = fields.Selection(
        [
            ("each", "Every Operator"),
            ("one", "At Least One"),
            ("count", "So Many of the Crew"),
        ],
        string="Who",
        default="each",
        required=True,
        tracking=True,
        help="Who of those who work on an operation at the same time needs it.",
    )
    crew_count = fields.Integer(string="How Many", default=2, tracking=True)
    two_person = fields.Boolean(
        string="Two-Person Rule",
        tracking=True,
        help="Nobody works alone: there are two people on the operation at least.",
    )
    trainee_allowed = fields.Boolean(
        string="Trainees",
        tracking=True,
        help="Who has a lower level may work while somebody who fulfils the "
        "requirement is clocked on the same operation.",
    )
    trainee_level_id = fields.Many2one(
        "hr.skill.level",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        tracking=True,
        help="Trainees need this level at least. Empty: any.",
    )
    trainer_level_id = fields.Many2one(
        "hr.skill.level",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        tracking=True,
        help="Who trains needs this level at least. Empty: the minimum level.",
    )
    trainee_progress = fields.Integer(
        compute="_compute_trainee_progress", store=True, precompute=True
    )
    trainer_progress = fields.Integer(
        compute="_compute_trainer_progress", store=True, precompute=True
    )

    _one_place = models.Constraint(
        "CHECK((workcenter_id IS NULL) <> (operation_id IS NULL))",
        "A qualification is asked for by a work center or by an operation.",
    )
    _crew_count_positive = models.Constraint(
        "CHECK(scope <> 'count' OR crew_count > 0)",
        "How many of the crew need the qualification has to be one at least.",
    )

    @api.depends("workcenter_id", "operation_id.workcenter_id")
    def _compute_company_id(self):
        for requirement in self:
            workcenter = (
                requirement.workcenter_id or requirement.operation_id.workcenter_id
            )
            requirement.company_id = workcenter.company_id

    @api.depends("skill_id")
    def _compute_skill_type_id(self):
        for requirement in self:
            if requirement.skill_id:
                requirement.skill_type_id = requirement.skill_id.skill_type_id

    # the levels' progress is copied: no dependency on it
    @api.depends("skill_level_id")
    def _compute_minimum_progress(self):
        for requirement in self:
            requirement.minimum_progress = requirement.skill_level_id.level_progress

    @api.depends("trainee_level_id")
    def _compute_trainee_progress(self):
        for requirement in self:
            requirement.trainee_progress = requirement.trainee_level_id.level_progress

    @api.depends("trainer_level_id", "skill_level_id")
    def _compute_trainer_progress(self):
        for requirement in self:
            level = requirement.trainer_level_id or requirement.skill_level_id
            requirement.trainer_progress = level.level_progress

    @api.depends("skill_type_id")
    def _compute_certificate_required(self):
        for requirement in self:
            requirement.certificate_required = (
                requirement.skill_type_id.is_certification
            )

    @api.depends("skill_id", "skill_level_id", "workcenter_id", "operation_id")
    def _compute_display_name(self):
        for requirement in self:
            place = requirement.workcenter_id or requirement.operation_id
            requirement.display_name = f"{place.name}: {requirement._get_title()}"

    @api.constrains(
        "skill_id", "skill_level_id", "trainee_level_id", "trainer_level_id"
    )
    def _check_levels(self):
        for requirement in self:
            levels = (
                requirement.skill_level_id
                | requirement.trainee_level_id
                | requirement.trainer_level_id
            )
            wrong = levels.filtered(
                lambda level, kind=requirement.skill_id.skill_type_id: (
                    level.skill_type_id != kind
                )
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(level)s is no level of %(skill)s. Choose one of "
                        "%(skill_type)s.",
                        level=wrong[0].name,
                        skill=requirement.skill_id.name,
                        skill_type=requirement.skill_id.skill_type_id.name,
                    )
                )

    def _get_title(self):
        """:return: str, the qualification: skill and minimum level"""
        self.ensure_one()
        # sudo: what is asked for is said to people who can not read it, too
        skill, level = self.sudo().skill_id.name, self.sudo().skill_level_id.name
        if not level:
            return skill or ""
        return self.env._("%(skill)s (%(level)s)", skill=skill, level=level)

    def _get_level(self):
        """:return: what is asked of one person"""
        self.ensure_one()
        return Level(
            self.minimum_progress,
            self.certificate_required,
            self.trainee_progress if self.trainee_allowed else None,
            self.trainer_progress,
        )

    def _get_demand(self):
        """:return: what is asked of a crew"""
        self.ensure_one()
        return Demand(self.scope, self.crew_count, self.two_person)

    @api.model
    def _get_holdings(self, operators, skills):
        """What people hold of some skills, validated or not.

        :return: dict of ``(employee id, skill id)`` to list of ``Holding``
        """
        if not operators or not skills:
            return {}
        self.env["hr.employee.skill"].flush_model()
        self.env["hr.employee"].flush_model(["user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT held.employee_id, held.skill_id,
                       CASE WHEN held.validated_by_id IS NULL
                            THEN level.level_progress
                            ELSE held.validated_progress END,
                       held.valid_from, held.valid_to,
                       held.validated_by_id IS NOT NULL
                       AND held.validated_by_id IS DISTINCT FROM holder.user_id
                  FROM hr_employee_skill held
                  JOIN hr_employee holder ON holder.id = held.employee_id
                  JOIN hr_skill_level level ON level.id = held.skill_level_id
                 WHERE held.employee_id IN %s AND held.skill_id IN %s
                """,
                tuple(operators.ids),
                tuple(skills.ids),
            )
        )
        holdings = {}
        for operator_id, skill_id, *values in rows:
            holdings.setdefault((operator_id, skill_id), []).append(Holding(*values))
        return holdings

    def _rate(self, operators, days, soon=None):
        """Rate people against these requirements.

        :param operators: ``hr.employee``
        :param days: dates on which they work
        :param timedelta soon: what ends within it is expiring
        :return: dict of ``(requirement id, employee id, date)`` to ``Rating``
        """
        holdings = self._get_holdings(operators, self.skill_id)
        ratings = {}
        for requirement in self:
            level = requirement._get_level()
            for operator_id in operators.ids:
                held = holdings.get((operator_id, requirement.skill_id.id), [])
                for day in days:
                    ratings[requirement.id, operator_id, day] = rate(
                        held, level, day, day + soon if soon else day
                    )
        return ratings
