import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class MrpRecall(models.Model):
    """What is recalled: from what people say to the lots it starts from."""

    _inherit = "mrp.recall"

    @api.model
    def _get_criteria_fields(self):
        """:return: set of the fields that say what is recalled"""
        return {
            "lot_ids",
            "supplier_lot",
            "product_id",
            "workcenter_id",
            "date_from",
            "date_to",
            "trace_back",
            "company_id",
        }

    def _get_seed_query(self):
        """:return: SQL, the lots the recall starts from"""
        self.ensure_one()
        lots = self.env["stock.lot"].with_company(self.company_id)
        queries = []
        if self.lot_ids:
            queries.append(lots._search([("id", "in", self.lot_ids.ids)]).select())
        domain = self._get_lot_domain()
        if domain is not None:
            queries.append(lots._search(domain).select())
        if not queries:
            raise UserError(
                self.env._(
                    "Say what is recalled: lots, a supplier's lot, a product, a work "
                    "center or a period."
                )
            )
        return SQL(" UNION ").join(SQL("(%s)", query) for query in queries)

    def _get_lot_domain(self):
        """:return: Domain of the lots that match every criterion, None without any"""
        self.ensure_one()
        domains = []
        if self.supplier_lot:
            domains.append(self._get_supplier_lot_domain())
        if self.product_id:
            domains.append(Domain("product_id", "=", self.product_id.id))
        runs = self._get_run_domain()
        if runs is not None:
            domains.append(
                self._get_lots_of_runs_domain(
                    runs & self._get_period("date_start", "date_finished")
                )
            )
        elif self.date_from or self.date_to:
            domains.append(self._get_arrival_domain())
        return Domain.AND(domains) if domains else None

    def _get_supplier_lot_domain(self):
        """Upper and lower case are the same; nothing else is."""
        pattern = re.sub(r"([\\%_])", r"\\\1", self.supplier_lot.strip())
        return Domain("supplier_lot", "=ilike", pattern)

    def _get_run_domain(self):
        """Say which runs made what is recalled; a hook for other criteria.

        :return: Domain on ``mrp.production``, None when no criterion is about runs
        """
        self.ensure_one()
        if not self.workcenter_id:
            return None
        return Domain("workorder_ids.workcenter_id", "=", self.workcenter_id.id)

    def _get_period(self, start, end):
        """:return: Domain of what lasted from one field to another in the period"""
        domain = Domain.TRUE
        if self.date_from:
            domain &= Domain(end, ">=", self.date_from) | Domain(end, "=", False)
        if self.date_to:
            domain &= Domain(start, "<=", self.date_to)
        return domain

    def _get_lots_of_runs_domain(self, runs):
        moves = Domain("production_id", "any", runs)
        return Domain(
            "id",
            "in",
            self.env["stock.move.line"]
            ._search(
                Domain("move_id", "any", moves)
                & Domain("state", "=", "done")
                & Domain("lot_id", "!=", False)
            )
            .subselect("lot_id"),
        )

    def _get_arrival_domain(self):
        lines = (
            Domain("state", "=", "done")
            & Domain("lot_id", "!=", False)
            & Domain("location_id.usage", "in", ("supplier", "production"))
            & self._get_period("date", "date")
        )
        return Domain(
            "id", "in", self.env["stock.move.line"]._search(lines).subselect("lot_id")
        )
