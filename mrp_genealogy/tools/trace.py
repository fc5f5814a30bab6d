"""The genealogy of lots in three statements, however large it is."""

from odoo.tools import SQL

BACKWARD, FORWARD = "backward", "forward"
# what a screen can still show; a larger genealogy says that it was cut
MOST_EDGES = 20_000


def trace(env, lots, most=MOST_EDGES):
    """Return everything lots came from and went into.

    Only what the current companies may see. The two directions are walked by one
    statement; a lot is visited once per direction, so cycles end.

    :return: dict with ``lots`` (by id), ``backward`` and ``forward`` (lists of edges) and
        ``cut``, whether there is more
    """
    edges = _walk(env, lots.ids, env.companies.ids, most + 1)
    cut = len(edges) > most
    result = {BACKWARD: [], FORWARD: [], "cut": cut}
    ids = set(lots.ids)
    for edge in edges[:most]:
        result[edge.pop("direction")].append(edge)
        ids.update((edge["parent_lot_id"], edge["child_lot_id"]))
    result["lots"] = _describe(env, sorted(ids - {None}))
    return result


def _walk(env, lot_ids, company_ids, most):
    env["mrp.genealogy.edge"].flush_model()
    lang = env.lang or "en_US"
    env.cr.execute(
        SQL(
            """
            WITH RECURSIVE backward (lot_id) AS (
                SELECT unnest(%(lots)s::integer[])
                 UNION
                SELECT edge.parent_lot_id
                  FROM backward
                  JOIN mrp_genealogy_edge edge ON edge.child_lot_id = backward.lot_id
                 WHERE edge.parent_lot_id IS NOT NULL
                   AND edge.company_id = ANY(%(companies)s)
            ),
            forward (lot_id) AS (
                SELECT unnest(%(lots)s::integer[])
                 UNION
                SELECT edge.child_lot_id
                  FROM forward
                  JOIN mrp_genealogy_edge edge ON edge.parent_lot_id = forward.lot_id
                 WHERE edge.child_lot_id IS NOT NULL
                   AND edge.company_id = ANY(%(companies)s)
            ),
            found AS (
                SELECT %(backward)s AS direction, edge.*
                  FROM backward
                  JOIN mrp_genealogy_edge edge ON edge.child_lot_id = backward.lot_id
                 UNION ALL
                SELECT %(forward)s, edge.*
                  FROM forward
                  JOIN mrp_genealogy_edge edge ON edge.parent_lot_id = forward.lot_id
            )
            SELECT found.direction, found.id, found.parent_lot_id, found.child_lot_id,
                   found.parent_product_id, found.child_product_id,
                   found.quantity, found.child_quantity, found.date,
                   COALESCE(production.name, unbuild.name) AS run,
                   found.production_id, found.unbuild_id,
                   workorder.name AS operation,
                   COALESCE(parent.name ->> %(lang)s, parent.name ->> 'en_US')
                       AS parent_product,
                   COALESCE(parent_unit.name ->> %(lang)s,
                            parent_unit.name ->> 'en_US') AS parent_unit,
                   COALESCE(child.name ->> %(lang)s, child.name ->> 'en_US')
                       AS child_product,
                   COALESCE(child_unit.name ->> %(lang)s,
                            child_unit.name ->> 'en_US') AS child_unit
              FROM found
              LEFT JOIN mrp_production production
                ON production.id = found.production_id
              LEFT JOIN mrp_unbuild unbuild ON unbuild.id = found.unbuild_id
              LEFT JOIN mrp_workorder workorder ON workorder.id = found.workorder_id
              LEFT JOIN product_product parent_variant
                ON parent_variant.id = found.parent_product_id
              LEFT JOIN product_template parent
                ON parent.id = parent_variant.product_tmpl_id
              LEFT JOIN uom_uom parent_unit ON parent_unit.id = parent.uom_id
              LEFT JOIN product_product child_variant
                ON child_variant.id = found.child_product_id
              LEFT JOIN product_template child
                ON child.id = child_variant.product_tmpl_id
              LEFT JOIN uom_uom child_unit ON child_unit.id = child.uom_id
             WHERE found.company_id = ANY(%(companies)s)
             ORDER BY found.id
             LIMIT %(most)s
            """,
            lots=list(lot_ids),
            companies=list(company_ids),
            backward=BACKWARD,
            forward=FORWARD,
            lang=lang,
            most=most,
        )
    )
    return env.cr.dictfetchall()


def _describe(env, lot_ids):
    """:return: dict by id of a lot: its names, where it came from, went to and is"""
    for name in ("stock.lot", "stock.move.line", "stock.quant"):
        env[name].flush_model()
    env.cr.execute(
        SQL(
            """
            WITH lot AS MATERIALIZED (
                SELECT lot.id, lot.name, lot.supplier_lot, lot.hold_state,
                       lot.product_id, template.name AS product, unit.name AS unit
                  FROM stock_lot lot
                  JOIN product_product product ON product.id = lot.product_id
                  JOIN product_template template
                    ON template.id = product.product_tmpl_id
                  JOIN uom_uom unit ON unit.id = template.uom_id
                 WHERE lot.id = ANY(%(lots)s)
                   AND (lot.company_id IS NULL OR lot.company_id = ANY(%(companies)s))
            ),
            place AS MATERIALIZED (
                SELECT id, usage, complete_name FROM stock_location
            ),
            -- receipts and deliveries
            traffic AS (
                SELECT line.lot_id,
                       CASE WHEN source.usage = 'supplier' THEN 'receipt'
                            ELSE 'delivery' END AS kind,
                       COALESCE(partner.complete_name, '') AS who,
                       COALESCE(picking.name, move.reference, '') AS document,
                       line.picking_id, min(line.date) AS date,
                       sum(CASE WHEN source.usage = 'customer'
                                THEN -line.quantity_product_uom
                                ELSE line.quantity_product_uom END) AS quantity
                  FROM stock_move_line line
                  JOIN place source ON source.id = line.location_id
                  JOIN place target ON target.id = line.location_dest_id
                  JOIN stock_move move ON move.id = line.move_id
                  LEFT JOIN stock_picking picking ON picking.id = line.picking_id
                  LEFT JOIN res_partner partner
                    ON partner.id = COALESCE(picking.partner_id, move.partner_id)
                 WHERE line.lot_id IN (SELECT id FROM lot)
                   AND line.state = 'done'
                   AND line.company_id = ANY(%(companies)s)
                   AND (source.usage IN ('supplier', 'customer')
                        OR target.usage = 'customer')
                 GROUP BY 1, 2, 3, 4, 5
            ),
            stock AS (
                SELECT quant.lot_id, 'stock' AS kind, place.complete_name AS who,
                       '' AS document, NULL::integer AS picking_id,
                       NULL::timestamp AS date, sum(quant.quantity) AS quantity
                  FROM stock_quant quant
                  JOIN place ON place.id = quant.location_id
                 WHERE quant.lot_id IN (SELECT id FROM lot)
                   AND quant.quantity != 0
                   AND place.usage IN ('internal', 'transit')
                   AND (quant.company_id IS NULL
                        OR quant.company_id = ANY(%(companies)s))
                 GROUP BY 1, 3
            ),
            fact AS (SELECT * FROM traffic UNION ALL SELECT * FROM stock)
            SELECT lot.id, lot.name, lot.supplier_lot, lot.hold_state, lot.product_id,
                   COALESCE(lot.product ->> %(lang)s, lot.product ->> 'en_US')
                       AS product,
                   COALESCE(lot.unit ->> %(lang)s, lot.unit ->> 'en_US') AS unit,
                   fact.kind, fact.who, fact.document, fact.picking_id, fact.date,
                   fact.quantity
              FROM lot
              LEFT JOIN fact ON fact.lot_id = lot.id
             ORDER BY fact.date, fact.quantity DESC, fact.who
            """,
            lots=lot_ids,
            companies=env.companies.ids,
            lang=env.lang or "en_US",
        )
    )
    lots = {}
    for row in env.cr.dictfetchall():
        fact = {
            key: row.pop(key)
            for key in ("kind", "who", "document", "picking_id", "date", "quantity")
        }
        lot = lots.setdefault(
            row["id"], {**row, "receipt": [], "delivery": [], "stock": []}
        )
        if kind := fact.pop("kind"):
            lot[kind].append(fact)
    return lots
