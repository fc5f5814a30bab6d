from odoo import api, fields, models
from odoo.fields import Domain


class MrpRecall(models.Model):
    _inherit = "mrp.recall"

    operator_id = fields.Many2one(
        "hr.employee",
        check_company=True,
        domain="[('is_operator', '=', True)]",
        help="Everything made by orders this person worked on.",
    )
    mrp_reason_id = fields.Many2one(
        "mrp.reason",
        string="Reason",
        check_company=True,
        help="Everything made by orders in which something was scrapped, sent to "
        "rework, stopped or late for this reason, or one below it.",
    )

    @api.model
    def _get_criteria_fields(self):
        return super()._get_criteria_fields() | {"operator_id", "mrp_reason_id"}

    def _get_run_domain(self):
        domains = [
            domain
            for domain in (
                super()._get_run_domain(),
                self._get_operator_domain(),
                self._get_reason_domain(),
            )
            if domain is not None
        ]
        return Domain.AND(domains) if domains else None

    def _get_operator_domain(self):
        """:return: Domain of the orders the operator worked on, None without one"""
        if not self.operator_id:
            return None
        logs = Domain("operator_id", "=", self.operator_id.id)
        # said here: relations in a domain also find what is archived
        logs &= Domain("active", "=", True)
        return Domain("workorder_ids.time_ids", "any", logs)

    def _get_reason_domain(self):
        """:return: Domain of the orders the reason was given in, None without one"""
        if not self.mrp_reason_id:
            return None
        given = Domain("mrp_reason_id", "child_of", self.mrp_reason_id.id)
        reason = Domain("reason_id", "child_of", self.mrp_reason_id.id)
        quantities = self.env["mrp.operation.quantity"]._search(
            reason & Domain("reversed", "=", False)
        )
        stops = self.env["mrp.delay"]._search(
            Domain("line_ids", "any", reason) & Domain("production_id", "!=", False)
        )
        scraps = self.env["stock.scrap"]._search(
            given & Domain("state", "=", "done") & Domain("production_id", "!=", False)
        )
        return Domain.OR(
            Domain("id", "in", found.subselect("production_id"))
            for found in (quantities, stops, scraps)
        )
