"""Which lots a recall is about, and where they are, in a few statements.

Lots stay in the database: nothing here holds a list of them in memory.
"""

from odoo.tools import SQL

# what is known about each lot: quantities by where they went, in the product's unit
BALANCE = """
    SELECT line.lot_id,
           sum(quantity) FILTER (WHERE source.usage IN ('supplier', 'production'))
               AS received,
           sum(quantity) FILTER (WHERE target.usage = 'customer') AS delivered,
           sum(quantity) FILTER (WHERE source.usage = 'customer') AS returned,
           sum(quantity) FILTER (WHERE target.usage = 'production') AS consumed,
           sum(quantity) FILTER (WHERE target.usage = 'supplier') AS vendor,
           sum(quantity) FILTER (WHERE target.usage = 'inventory' AND scrapped)
               AS scrapped,
           sum(quantity) FILTER (WHERE source.usage = 'inventory') AS found
      FROM (
          SELECT line.lot_id, line.location_id, line.location_dest_id,
                 line.quantity_product_uom AS quantity,
                 move.scrap_id IS NOT NULL AS scrapped
            FROM stock_move_line line
            JOIN stock_move move ON move.id = line.move_id
           WHERE line.state = 'done'
             AND line.company_id = ANY(%(companies)s)
             AND line.lot_id IN (SELECT lot_id FROM affected)
      ) line
      JOIN stock_location source ON source.id = line.location_id
      JOIN stock_location target ON target.id = line.location_dest_id
     GROUP BY line.lot_id
"""
ON_HAND = """
    SELECT quant.lot_id, sum(quant.quantity) AS quantity
      FROM stock_quant quant
      JOIN stock_location place ON place.id = quant.location_id
     WHERE quant.lot_id IN (SELECT lot_id FROM affected)
       AND place.usage IN ('internal', 'transit')
       AND (quant.company_id IS NULL OR quant.company_id = ANY(%(companies)s))
     GROUP BY quant.lot_id
"""


def find_lots(env, recall_id, seeds, company_ids, back):
    """Write the lines of a recall: the lots it starts from and all they went into.

    :param SQL seeds: a query of the ids of the lots it starts from
    :param bool back: also go back to what the first lots were made of, and from there
        to everything else that was made of it
    :return: the number of lots
    """
    for name in ("mrp.genealogy.edge", "stock.lot", "stock.move.line", "stock.quant"):
        env[name].flush_model()
    env.flush_query(seeds)
    companies = list(company_ids)
    origin = SQL(
        """
        , origin (lot_id, filling) AS (
            SELECT lot_id, NULL::integer FROM seed
             UNION
            SELECT edge.parent_lot_id, edge.parent_filling
              FROM origin
              JOIN mrp_genealogy_edge edge
                ON edge.child_lot_id = origin.lot_id
               AND edge.child_filling = COALESCE(filling, edge.child_filling)
             WHERE edge.parent_lot_id IS NOT NULL
               AND edge.company_id = ANY(%s)
        )
        """,
        companies,
    )
    env.cr.execute(
        SQL(
            """
            WITH RECURSIVE seed (lot_id) AS MATERIALIZED (%(seeds)s)
            %(origin)s,
            reached (lot_id, filling) AS (
                %(start)s
                 UNION
                SELECT edge.child_lot_id, edge.child_filling
                  FROM reached
                  JOIN mrp_genealogy_edge edge
                    ON edge.parent_lot_id = reached.lot_id
                   AND edge.parent_filling = COALESCE(filling, edge.parent_filling)
                 WHERE edge.child_lot_id IS NOT NULL
                   AND edge.company_id = ANY(%(companies)s)
            ),
            affected AS MATERIALIZED (
                SELECT DISTINCT reached.lot_id FROM reached
                  JOIN stock_lot lot ON lot.id = reached.lot_id
                 WHERE lot.company_id IS NULL OR lot.company_id = ANY(%(companies)s)
            ),
            balance AS (%(balance)s),
            on_hand AS (%(on_hand)s)
            INSERT INTO mrp_recall_line (
                recall_id, lot_id, product_id, is_origin, received_quantity,
                delivered_quantity, returned_quantity, consumed_quantity,
                vendor_quantity, scrapped_quantity, on_hand_quantity,
                unaccounted_quantity, unaccounted_percent
            )
            SELECT %(recall)s, lot_id, product_id, is_origin, received, delivered,
                   returned, consumed, vendor, scrapped, on_hand, unaccounted,
                   CASE WHEN received > 0 THEN 100 * unaccounted / received ELSE 0 END
              FROM (
                  SELECT *, received + returned - delivered - consumed - vendor
                            - scrapped - on_hand AS unaccounted
                    FROM (
                        SELECT lot.id AS lot_id, lot.product_id,
                               lot.id IN (SELECT lot_id FROM seed) AS is_origin,
                               -- stock that was only ever counted in
                               COALESCE(balance.received, balance.found, 0)
                                   AS received,
                               COALESCE(balance.delivered, 0) AS delivered,
                               COALESCE(balance.returned, 0) AS returned,
                               COALESCE(balance.consumed, 0) AS consumed,
                               COALESCE(balance.vendor, 0) AS vendor,
                               COALESCE(balance.scrapped, 0) AS scrapped,
                               COALESCE(on_hand.quantity, 0) AS on_hand
                          FROM affected
                          JOIN stock_lot lot ON lot.id = affected.lot_id
                          LEFT JOIN balance ON balance.lot_id = lot.id
                          LEFT JOIN on_hand ON on_hand.lot_id = lot.id
                    ) known
              ) balanced
             ORDER BY lot_id
            """,
            seeds=seeds,
            origin=origin if back else SQL(),
            start=SQL("SELECT lot_id, filling FROM origin")
            if back
            else SQL("SELECT lot_id, NULL::integer FROM seed"),
            companies=companies,
            balance=SQL(BALANCE, companies=companies),
            on_hand=SQL(ON_HAND, companies=companies),
            recall=recall_id,
        )
    )
    return env.cr.rowcount
