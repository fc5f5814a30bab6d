from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mrp_reason_code.tools import is_server

from .mrp_skill_override import OPEN, REQUESTED

# what people write themselves, as long as nobody decided
OWN = {"workorder_id", "operator_id", "requirement_id", "reason_id", "note"}


class MrpSkillOverride(models.Model):
    """Asking for an override, and what is never written by people."""

    _inherit = "mrp.skill.override"

    @api.model_create_multi
    def create(self, vals_list):
        self._take_turns({vals.get("workorder_id") for vals in vals_list})
        overrides = super().create([self._prepare_request(vals) for vals in vals_list])
        overrides._ask_supervisors()
        return overrides

    @api.model
    def _take_turns(self, workorder_ids):
        """Ask for overrides of a work order one after the other.

        Who comes second waits here; the database then has the request done again, and
        it finds what was asked for.
        """
        ids = tuple(sorted(filter(None, workorder_ids)))
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE mrp_workorder SET write_uid = write_uid WHERE id IN %s", ids
                ),
                log_exceptions=False,
            )

    @api.model
    def _prepare_request(self, vals):
        """:return: dict of values; what people may not say themselves is left out"""
        workorder = self.env["mrp.workorder"].browse(vals.get("workorder_id"))
        requirement = self.env["mrp.skill.requirement"].browse(
            vals.get("requirement_id")
        )
        operator = self.env["hr.employee"].browse(vals.get("operator_id"))
        self._check_request(workorder, operator, requirement)
        # sudo: what is asked for is copied, whoever asks
        order = workorder.sudo()
        own = {name: value for name, value in vals.items() if name in OWN}
        # said here, so that no default of the caller's context says otherwise
        nothing = dict.fromkeys(self._get_guarded() | OWN | {"review_note"}, False)
        return (
            nothing
            | own
            | {
                "state": REQUESTED,
                "workorder_name": order.name,
                "production_id": order.production_id.id,
                "company_id": order.company_id.id,
                "requirement_name": requirement._get_title(),
                "requested_by_id": self.env.uid,
                "request_date": fields.Datetime.now(),
            }
        )

    @api.model
    def _get_guarded(self):
        """:return: set of the names of fields only the server writes"""
        return {
            "workorder_name",
            "production_id",
            "company_id",
            "requirement_name",
            "state",
            "requested_by_id",
            "request_date",
            "supervisor_id",
            "decision_date",
            "break_glass",
            "break_glass_user_id",
            "review_deadline",
            "review_state",
            "reviewed_by_id",
            "review_date",
        }

    def _check_request(self, workorder, operator, requirement):
        if not workorder.exists() or not operator or not requirement:
            raise UserError(
                self.env._(
                    "Say which work order, which operator and which qualification the "
                    "override is for."
                )
            )
        workorder.check_access("read")
        asked = workorder._get_skill_requirements().get(workorder, requirement[:0])
        if requirement.id not in asked.ids:
            raise UserError(
                self.env._(
                    "%(workorder)s does not ask for this qualification. Choose one of: "
                    "%(asked)s",
                    workorder=workorder.display_name,
                    asked=", ".join(each._get_title() for each in asked) or "-",
                )
            )
        # sudo: planners need not see employees
        problems = workorder._get_operator_problems(
            operator.sudo(), fields.Datetime.now()
        )
        if problems:
            raise UserError(problems[0][1])
        twin = self.sudo().search(
            [
                ("workorder_id", "=", workorder.id),
                ("operator_id", "=", operator.id),
                ("requirement_id", "=", requirement.id),
                ("state", "in", OPEN),
            ],
            limit=1,
        )
        if twin:
            raise UserError(
                self.env._(
                    "There is an override for %(operator)s on %(workorder)s already "
                    "(%(state)s). Open it instead of asking again.",
                    # sudo: planners need not see employees
                    operator=operator.sudo().name,
                    workorder=workorder.display_name,
                    state=dict(self._fields["state"]._description_selection(self.env))[
                        twin.state
                    ],
                )
            )

    def write(self, vals):
        """What was decided stays; reason and note may be given until then."""
        if not is_server(self):
            own = {
                name for name in vals if not name.startswith(("activity_", "message_"))
            }
            if own - {"reason_id", "note", "review_note"}:
                raise UserError(
                    self.env._(
                        "%(override)s is a record of what was asked for and decided. "
                        "Use its buttons, or ask for another one.",
                        override=self[:1].display_name,
                    )
                )
            decided = self.filtered(lambda override: override.state != REQUESTED)
            if decided and own & {"reason_id", "note"}:
                raise UserError(
                    self.env._(
                        "%(override)s is decided: its reason can not be changed.",
                        override=decided[0].display_name,
                    )
                )
            reviewed = self.filtered(lambda each: each.review_state != "pending")
            if reviewed and "review_note" in own:
                raise UserError(
                    self.env._(
                        "%(override)s waits for no review.",
                        override=reviewed[0].display_name,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Overrides are kept: cancel %(override)s instead of deleting it.",
                override=self[:1].display_name,
            )
        )
