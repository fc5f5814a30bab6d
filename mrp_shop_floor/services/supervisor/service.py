from odoo import fields

from odoo.addons.mrp_operator_skill.models.mrp_skill_override import REQUESTED

from .. import labels
from .crew import Crew
from .queue import Queue
from .standstill import Standstill


class SupervisorService(Crew, Queue, Standstill):
    """The floor as its supervisor sees it.

    Nothing here is kept for later: what a supervisor decides needs the network. Each
    action says what is to be, so that it does no harm when it comes twice.
    """

    def open(self):
        """Everything that waits for a supervisor, and who works on what."""
        self._enter()
        return self._done()

    def _tell(self):
        company = self.env.company
        reasons = self._get_reasons()
        return {
            "reasons": {reason.id: labels.reason(reason, ()) for reason in reasons},
            "help": self._get_help(company),
            "overrides": self._get_overrides(company, reasons),
            "delays": self._get_delays(company, reasons),
            "blocked": self._get_blocked(company),
            "late": self._get_late(company),
            "crew": self._get_crew(company),
            "queue": self._get_queue(company),
            "now": labels.moment(fields.Datetime.now()),
        }

    @classmethod
    def count_waiting(cls, env, company):
        """:return: int, how many people and machines wait for a supervisor"""
        here = ("company_id", "=", company.id)
        blocked = env["mrp.workcenter"].search_count(
            [here, ("working_state", "=", "blocked")]
        )
        return (
            env["mrp.shop.floor.help"].search_count([here, ("state", "=", "open")])
            + env["mrp.skill.override"].search_count([here, ("state", "=", REQUESTED)])
            + blocked
        )
