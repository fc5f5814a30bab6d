from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import Demand, Supply, match_supply
from ..tools.material import COMMITTED, EXPECTED

OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")


class StockMove(models.Model):
    """Whether runs have their material, for any number of them at once."""

    _inherit = "stock.move"

    def _get_material_status(self):
        """:return: dict from id to ``(status, date, missing)``, see below"""
        ids = tuple(self.ids)
        if not ids:
            return {}
        rows = self._match_material(SQL("move.id IN %s", ids))
        return {row["id"]: row["answer"] for row in rows}

    @api.model
    def _match_material(self, asked):
        """Tell for issues whether their goods are reserved, there, or on the way.

        What is free is shared among everybody who needs it: by priority, then by date.
        Whoever asks is told about everybody's demand, hence plain SQL; callers see to
        it that he may know of the issues he asks about.

        :param SQL asked: condition on ``move`` or its ``run``
        :return: list of dict with ``id``, ``run_id``, ``job_id`` and ``answer``:
            ``(status, date, missing quantity)``
        """
        rows = self._get_material_rows(asked)
        answers = {row["id"]: (COMMITTED, False, 0.0) for row in rows if row["asked"]}
        nothing = 10 ** -self.env["decimal.precision"].precision_get("Product Unit")
        demands = defaultdict(list)
        for row in rows:
            if not row["is_storable"] or row["open"] < nothing / 2:
                continue
            if row["awaited"]:
                answers[row["id"]] = (EXPECTED, row["awaited"], 0.0)
            else:
                demands[row["product_id"], row["warehouse_id"]].append(
                    Demand(row["id"], row["open"], self._get_urgency(row))
                )
        if demands:
            answers |= self._share_supply(demands, nothing)
        return [dict(row, answer=answers[row["id"]]) for row in rows if row["asked"]]

    def _share_supply(self, demands, nothing):
        """:return: dict from id to ``(status, date, missing quantity)``"""
        products = tuple({product_id for product_id, _warehouse_id in demands})
        on_hand = self._get_free_quantities(products)
        supplies = self._get_supplies(products)
        answers = {}
        for key, wanted in demands.items():
            answers |= match_supply(on_hand[key], supplies[key], wanted, nothing)
        return {
            id_: (state, date or False, missing)
            for id_, (state, date, missing) in answers.items()
        }

    @api.model
    def _get_urgency(self, row):
        """:return: what sorts the most urgent first"""
        return (
            -int(row["job_priority"] or 0),
            -int(row["priority"] or 0),
            row["date"],
            row["id"],
        )

    def _get_material_rows(self, asked):
        """:return: open issues asked for, and whoever else needs the same goods"""
        self.env.flush_all()
        query = SQL(
            """
            WITH asked AS (
                SELECT move.id, move.product_id, move.company_id
                  FROM stock_move move
                  JOIN mrp_production run ON run.id = move.raw_material_production_id
                 WHERE %(asked)s AND move.state IN %(open)s
            )
            SELECT move.id,
                   move.product_id,
                   move.date,
                   move.priority,
                   move.raw_material_production_id AS run_id,
                   run.job_id,
                   job.priority AS job_priority,
                   template.is_storable,
                   COALESCE(location.warehouse_id, move.warehouse_id) AS warehouse_id,
                   move.product_qty
                       - COALESCE(move.quantity, 0) * unit.factor / own.factor AS open,
                   EXISTS (SELECT FROM asked WHERE asked.id = move.id) AS asked,
                   (SELECT MAX(source.date)
                      FROM stock_move_move_rel link
                      JOIN stock_move source ON source.id = link.move_orig_id
                     WHERE link.move_dest_id = move.id
                       AND source.state NOT IN ('done', 'cancel')) AS awaited
              FROM stock_move move
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own ON own.id = template.uom_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN stock_location location ON location.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
         LEFT JOIN mrp_production run ON run.id = move.raw_material_production_id
         LEFT JOIN job_work_order job ON job.id = run.job_id
             WHERE move.id IN (SELECT id FROM asked)
                OR (move.state IN ('waiting', 'confirmed', 'partially_available')
                    AND move.procure_method = 'make_to_stock'
                    AND location.usage = 'internal'
                    AND target.usage != 'internal'
                    AND (move.product_id, move.company_id) IN (
                        SELECT product_id, company_id FROM asked))
            """,
            asked=asked,
            open=OPEN,
        )
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    def _get_free_quantities(self, product_ids):
        """:return: dict from product and warehouse to what nobody has reserved"""
        # sudo: see _match_material
        quants = self.env["stock.quant"].sudo()
        free = defaultdict(float)
        groups = quants._read_group(
            fields.Domain(
                [
                    ("product_id", "in", product_ids),
                    ("location_id.usage", "=", "internal"),
                ]
            )
            & ~quants._get_held_domain(),
            ["product_id", "location_id.warehouse_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        for product, warehouse, quantity, reserved in groups:
            free[product.id, warehouse.id or None] += quantity - reserved
        return free

    def _get_supplies(self, product_ids):
        """:return: dict from product and warehouse to what comes in

        What is made for one run is no supply for others.
        """
        query = SQL(
            """
            SELECT move.product_id, target.warehouse_id, move.product_qty, move.date
              FROM stock_move move
              JOIN stock_location location ON location.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
             WHERE move.product_id IN %s
               AND move.state IN ('waiting', 'confirmed', 'partially_available',
                                  'assigned')
               AND location.usage != 'internal'
               AND target.usage = 'internal'
               AND NOT EXISTS (
                   SELECT
                     FROM stock_move_move_rel link
                     JOIN stock_move issue ON issue.id = link.move_dest_id
                    WHERE link.move_orig_id = move.id
                      AND issue.raw_material_production_id IS NOT NULL)
            """,
            product_ids,
        )
        supplies = defaultdict(list)
        for product, warehouse, quantity, date in self.env.execute_query(query):
            supplies[product, warehouse].append(Supply(quantity, date))
        return supplies
