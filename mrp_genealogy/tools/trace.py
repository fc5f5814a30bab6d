"""The genealogy of lots in two statements, however large it is."""

from odoo.tools import SQL

BACKWARD, FORWARD = "backward", "forward"
# what a screen can still show; a larger genealogy says that it was cut
MOST_EDGES = 20_000
TIME = "YYYY-MM-DD HH24:MI:SS"


def trace(env, lots, most=MOST_EDGES):
    """Return everything lots came from and went into.

    Only what the current companies may see. The two directions are walked by one
    statement; an edge is followed once per direction, so cycles end.

    :return: dict with ``lots`` and ``products`` (by id), ``backward`` and ``forward``
        (lists of edges) and ``cut``, whether there is more
    """
    edges = _walk(env, lots.ids, env.companies.ids, most + 1)
    cut = len(edges) > most
    result = {BACKWARD: [], FORWARD: [], "cut": cut}
    lot_ids, product_ids = set(lots.ids), set()
    for edge in edges[:most]:
        result[edge.pop("direction")].append(edge)
        for end in ("parent", "child"):
            if lot_id := edge[f"{end}_lot_id"]:
                lot_ids.add(lot_id)
            else:
                product_ids.add(edge[f"{end}_product_id"])
    result["lots"], result["products"] = _describe(
        env, sorted(lot_ids), sorted(product_ids - {None})
    )
    return result


def _fetch(cr):
    """:return: list of dict; many times faster than asking the cursor for them"""
    names = [column.name for column in cr.description]
    return [dict(zip(names, row, strict=True)) for row in cr.fetchall()]


def _walk(env, lot_ids, company_ids, most):
    env["mrp.genealogy.edge"].flush_model()
    env.cr.execute(
        SQL(
            """
            WITH RECURSIVE backward (edge_id, lot_id, filling) AS (
                SELECT id, parent_lot_id, parent_filling
                  FROM mrp_genealogy_edge
                 WHERE child_lot_id = ANY(%(lots)s)
                   AND company_id = ANY(%(companies)s)
                 UNION
                SELECT edge.id, edge.parent_lot_id, edge.parent_filling
                  FROM backward
                  JOIN mrp_genealogy_edge edge
                    ON edge.child_lot_id = backward.lot_id
                   AND edge.child_filling = backward.filling
                   AND edge.company_id = ANY(%(companies)s)
            ),
            forward (edge_id, lot_id, filling) AS (
                SELECT id, child_lot_id, child_filling
                  FROM mrp_genealogy_edge
                 WHERE parent_lot_id = ANY(%(lots)s)
                   AND company_id = ANY(%(companies)s)
                 UNION
                SELECT edge.id, edge.child_lot_id, edge.child_filling
                  FROM forward
                  JOIN mrp_genealogy_edge edge
                    ON edge.parent_lot_id = forward.lot_id
                   AND edge.parent_filling = forward.filling
                   AND edge.company_id = ANY(%(companies)s)
            ),
            found AS (
                SELECT %(backward)s AS direction, edge_id FROM backward
                 UNION ALL
                SELECT %(forward)s, edge_id FROM forward
            )
            SELECT found.direction, edge.id, edge.parent_lot_id, edge.child_lot_id,
                   edge.parent_filling, edge.child_filling, edge.parent_product_id,
                   edge.child_product_id, edge.quantity, edge.child_quantity,
                   to_char(edge.date, %(time)s) AS date,
                   COALESCE(production.name, unbuild.name) AS run,
                   edge.production_id, edge.unbuild_id, workorder.name AS operation
              FROM found
              JOIN mrp_genealogy_edge edge ON edge.id = found.edge_id
              LEFT JOIN mrp_production production
                ON production.id = edge.production_id
              LEFT JOIN mrp_unbuild unbuild ON unbuild.id = edge.unbuild_id
              LEFT JOIN mrp_workorder workorder ON workorder.id = edge.workorder_id
             ORDER BY edge.id
             LIMIT %(most)s
            """,
            lots=list(lot_ids),
            companies=list(company_ids),
            backward=BACKWARD,
            forward=FORWARD,
            time=TIME,
            most=most,
        )
    )
    return _fetch(env.cr)


def _describe(env, lot_ids, product_ids):
    """Say what lots and products without lot are called, and where lots are.

    :return: dict of the lots and dict of the products, by id
    """
    for name in ("stock.lot", "stock.move.line", "stock.quant"):
        env[name].flush_model()
    env.cr.execute(
        SQL(
            """
            WITH place AS MATERIALIZED (
                SELECT id, usage, complete_name FROM stock_location
            ),
            wanted AS MATERIALIZED (
                SELECT id, name, supplier_lot, hold_state, product_id
                  FROM stock_lot
                 WHERE id = ANY(%(lots)s::integer[])
                   AND (company_id IS NULL OR company_id = ANY(%(companies)s))
            ),
            line AS MATERIALIZED (
                -- lot by lot: no plan reads all lines for what some lots did
                SELECT done.*
                  FROM wanted
                 CROSS JOIN LATERAL (
                       SELECT lot_id, move_id, picking_id, date, location_id,
                              location_dest_id, quantity_product_uom
                         FROM stock_move_line
                        WHERE lot_id = wanted.id
                          AND state = 'done'
                          AND company_id = ANY(%(companies)s)
                       OFFSET 0
                       ) done
            )
            SELECT 'lot' AS kind, id, name, supplier_lot, hold_state,
                   product_id AS other_id, NULL::float AS quantity
              FROM wanted
             UNION ALL
            SELECT 'product', product.id,
                   COALESCE(template.name ->> %(lang)s, template.name ->> 'en_US'),
                   COALESCE(unit.name ->> %(lang)s, unit.name ->> 'en_US'),
                   NULL, NULL, NULL
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom unit ON unit.id = template.uom_id
             WHERE product.id = ANY(%(products)s::integer[])
                OR product.id IN (SELECT product_id FROM wanted)
             UNION ALL
            SELECT CASE WHEN source.usage = 'supplier' THEN 'receipt'
                        ELSE 'delivery' END,
                   line.lot_id, COALESCE(partner.complete_name, ''),
                   COALESCE(picking.name, move.reference, ''),
                   to_char(line.date, %(time)s), line.picking_id,
                   CASE WHEN source.usage = 'customer'
                        THEN -line.quantity_product_uom
                        ELSE line.quantity_product_uom END
              FROM line
              JOIN place source ON source.id = line.location_id
              JOIN place target ON target.id = line.location_dest_id
              JOIN stock_move move ON move.id = line.move_id
              LEFT JOIN stock_picking picking ON picking.id = line.picking_id
              LEFT JOIN res_partner partner
                ON partner.id = COALESCE(picking.partner_id, move.partner_id)
             WHERE source.usage IN ('supplier', 'customer')
                OR target.usage = 'customer'
             UNION ALL
            SELECT 'stock', quant.lot_id, place.complete_name, '', NULL, NULL,
                   quant.quantity
              FROM stock_quant quant
              JOIN place ON place.id = quant.location_id
             WHERE quant.lot_id = ANY(%(lots)s::integer[])
               AND quant.quantity != 0
               AND place.usage IN ('internal', 'transit')
               AND (quant.company_id IS NULL OR quant.company_id = ANY(%(companies)s))
            """,
            # a literal: PostgreSQL takes long to read thousands of separate numbers
            lots=f"{{{','.join(map(str, lot_ids))}}}",
            products=product_ids,
            companies=env.companies.ids,
            lang=env.lang or "en_US",
            time=TIME,
        )
    )
    return _sort_out(env.cr.fetchall(), set(product_ids))


def _sort_out(rows, without_lot):
    """Put together what ``_describe`` found.

    :param set without_lot: ids of the products that are shown by themselves
    """
    lots, products, facts = {}, {}, []
    for kind, record_id, name, note, detail, other_id, quantity in rows:
        if kind == "lot":
            lots[record_id] = {
                "id": record_id,
                "name": name,
                "supplier_lot": note,
                "hold_state": detail,
                "product_id": other_id,
                "receipt": [],
                "delivery": [],
                "stock": [],
            }
        elif kind == "product":
            products[record_id] = {"product": name, "unit": note}
        else:
            fact = {
                "who": name,
                "document": note,
                "picking_id": other_id,
                "date": detail,
                "quantity": quantity,
            }
            facts.append((kind, record_id, fact))
    for kind, lot_id, fact in facts:
        if lot_id in lots:
            lots[lot_id][kind].append(fact)
    for lot in lots.values():
        lot.update(products[lot.pop("product_id")])
        for kind in ("receipt", "delivery"):
            if len(lot[kind]) > 1:
                lot[kind].sort(key=lambda fact: (fact["date"], -fact["quantity"]))
    return lots, {
        product_id: product
        for product_id, product in products.items()
        if product_id in without_lot
    }
