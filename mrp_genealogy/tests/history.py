FAN_OUT = 5


class History:
    """Lots, and what happened to them, made by SQL: a thousand in an instant.

    :param env: environment of a superuser
    :param product: lot-tracked product of all lots
    :param receipt: stock move the lots came in by
    :param delivery: stock move that half of each lot left by
    """

    def __init__(self, env, product, receipt, delivery):
        self.env = env
        self.product = product
        self.receipt = receipt
        self.delivery = delivery
        self.stock = receipt.location_dest_id
        self.company = receipt.company_id

    def make(self, count, prefix):
        """:return: so many lots, each of which is made of another: five of each"""
        lots = self._make_lots(count, prefix)
        self._make_traffic(lots)
        return lots

    def _make_lots(self, count, prefix):
        self.env.cr.execute(
            """
            INSERT INTO stock_lot (name, product_id, hold_state)
            SELECT %s || n, %s, 'released' FROM generate_series(1, %s) n
            RETURNING id
            """,
            [prefix, self.product.id, count],
        )
        first = min(row[0] for row in self.env.cr.fetchall())
        self.env.cr.execute(
            """
            INSERT INTO mrp_genealogy_edge (
                parent_lot_id, child_lot_id, parent_product_id, child_product_id,
                quantity, child_quantity, company_id, date, parent_filling,
                child_filling
            )
            SELECT %(first)s + (n - 1) / %(fan)s, %(first)s + n, %(product)s,
                   %(product)s, 1, 1, %(company)s, now(), 0, 0
              FROM generate_series(1, %(last)s) n
            """,
            {
                "first": first,
                "fan": FAN_OUT,
                "product": self.product.id,
                "company": self.company.id,
                "last": count - 1,
            },
        )
        return self.env["stock.lot"].browse(range(first, first + count))

    def _make_traffic(self, lots):
        """Each lot was received, and half of it delivered."""
        for move, quantity in ((self.receipt, 10), (self.delivery, 5)):
            self.env.cr.execute(
                """
                INSERT INTO stock_move_line (
                    move_id, product_id, product_uom_id, lot_id, quantity,
                    quantity_product_uom, location_id, location_dest_id, company_id,
                    state, date
                )
                SELECT %s, %s, %s, id, %s, %s, %s, %s, %s, 'done', now()
                  FROM stock_lot WHERE id BETWEEN %s AND %s
                """,
                [
                    move.id,
                    self.product.id,
                    self.product.uom_id.id,
                    quantity,
                    quantity,
                    move.location_id.id,
                    move.location_dest_id.id,
                    self.company.id,
                    lots[0].id,
                    lots[-1].id,
                ],
            )
        self.env.cr.execute(
            """
            INSERT INTO stock_quant (
                product_id, lot_id, location_id, company_id, quantity,
                reserved_quantity, in_date
            )
            SELECT %s, id, %s, %s, 5, 0, now()
              FROM stock_lot WHERE id BETWEEN %s AND %s
            """,
            [
                self.product.id,
                self.stock.id,
                self.company.id,
                lots[0].id,
                lots[-1].id,
            ],
        )
        self.env.cr.execute(
            "ANALYZE stock_lot, stock_move_line, stock_quant, mrp_genealogy_edge"
        )
