from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ..tools import TimeDoor
from ..tools.time_door import COPY
from .mrp_workcenter_productivity_correct import SUPERVISOR

OPERATOR = "mrp_operator.mrp_operator_group_operator"
DONE = ("done", "cancel")


class MrpWorkorder(models.Model):
    """What operators may do without rights of manufacturing."""

    _inherit = "mrp.workorder"

    def _as_service(self):
        """Check that the current user sees these operations, and may work on them.

        :return: the operations, as superuser
        """
        if not self.env.su and not self.env.user.has_group(OPERATOR):
            raise AccessError(
                self.env._("Operations are for operators. Ask an administrator.")
            )
        self.check_access("read")
        for workorder in self:
            if workorder.state in DONE:
                raise UserError(
                    self.env._(
                        "%(operation)s is finished already.",
                        operation=workorder.display_name,
                    )
                )
        # sudo: operators have no rights of manufacturing, they only do this
        # pylint: disable=context-overridden
        return self.sudo().with_context(clean_context(self.env.context))

    def _get_served_operator(self):
        """:return: who acts; whoever is no operator himself has to say who he is"""
        operator = self._get_acting_operator()
        if not operator:
            raise UserError(
                self.env._(
                    "Your user belongs to no operator: use Badge or PIN, or have an "
                    "employee with Operator ticked linked to your user."
                )
            )
        return operator

    def action_operator_start(self):
        """Start one's own clock; on a shared device ask who it is."""
        if not self._get_acting_operator():
            return self._get_identify_action("start")
        operations = self._as_service()
        operations._start_operators(operations._get_served_operator())
        return True

    def action_operator_stop(self):
        """Stop one's own clock; on a shared device ask who it is."""
        if not self._get_acting_operator():
            return self._get_identify_action("stop")
        operations = self._as_service()
        operations._stop_operators(operations._get_served_operator())
        return True

    def action_operator_finish(self):
        """Finish the operation, whoever works on it."""
        operations = self._as_service()
        supervisor = self.env.user.has_group(SUPERVISOR)
        if not supervisor and not self._get_acting_operator():
            return self._get_identify_action("finish")
        operations.button_finish()
        return True

    def _start_by_name(self, operators):
        """Start others: for planners and supervisors."""
        self._get_named()._start_operators(operators)

    def _hand_over_by_name(self, leaving, arriving, note, quantity):
        """Hand over: for planners, supervisors and those who leave or arrive."""
        operations = self._get_named(leaving | arriving)
        return operations._hand_over(leaving, arriving, note, quantity)

    def _get_named(self, involved=None):
        """:return: the operations, with the rights to start and stop people by name
        :param involved: operators who may do so for themselves
        """
        user = self.env.user
        if self.env.su or user.has_group("mrp.group_mrp_user"):
            return self
        operations = self._as_service()
        own = self._get_acting_operator()
        if not user.has_group(SUPERVISOR) and not (
            own and involved and own in involved
        ):
            raise AccessError(
                self.env._(
                    "Only supervisors start and stop others. Ask one of them, or start "
                    "your own clock."
                )
            )
        return operations

    def _name_operators(self, operators):
        """Say who did what nobody logged; finishing is never refused."""
        self._check_operators(operators, "close")
        with TimeDoor.opened(self.env, COPY):
            self.operator_ids = operators

    def _get_identify_action(self, purpose):
        """:return: the dialog that asks for badge or PIN"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Are You?"),
            "res_model": "mrp.operator.identify",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_workorder_id": self[:1].id,
                "default_purpose": purpose,
            },
        }
