"""From posted stock moves to edges, as SQL over any number of runs at once.

Every lot that went into a run is a parent of every lot that came out of it. What went
in is shared among what came out: in one unit of measure where all outputs have a common
one, else by weight where all have one, else each product alike. What has no lot is kept
with its product and the run.

A component that a backorder did not draw itself, though it is planned there, was drawn
by an earlier part of the same order for both: it is shared among the outputs of both.
"""

from odoo.tools import SQL

MODELS = (
    "mrp.genealogy.cut",
    "mrp.production",
    "product.product",
    "product.template",
    "stock.move",
    "stock.move.line",
    "uom.uom",
)

# run_id, product_id, lot_id, workorder_id, quantity, date
RUN_INPUTS = SQL(
    """
    SELECT move.raw_material_production_id AS run_id, line.product_id, line.lot_id,
           move.workorder_id, sum(line.quantity_product_uom) AS quantity,
           max(line.date) AS date
      FROM stock_move move
      JOIN stock_move_line line ON line.move_id = move.id
      JOIN stock_location place ON place.id = move.location_dest_id
     WHERE move.raw_material_production_id IN (SELECT id FROM run)
       AND move.state = 'done'
       AND place.usage = 'production'
       AND line.quantity_product_uom > 0
     GROUP BY 1, 2, 3, 4
    """
)
RUN_OUTPUTS = SQL(
    """
    SELECT move.production_id AS run_id, line.product_id, line.lot_id,
           sum(line.quantity_product_uom) AS quantity, max(line.date) AS date
      FROM stock_move move
      JOIN stock_move_line line ON line.move_id = move.id
      JOIN stock_location place ON place.id = move.location_id
     WHERE move.production_id IN (SELECT id FROM run)
       AND move.state = 'done'
       AND place.usage = 'production'
       AND line.quantity_product_uom > 0
     GROUP BY 1, 2, 3
    """
)
UNBUILD_INPUTS = SQL(
    """
    SELECT move.unbuild_id AS run_id, line.product_id, line.lot_id,
           NULL::integer AS workorder_id, sum(line.quantity_product_uom) AS quantity,
           max(line.date) AS date
      FROM stock_move move
      JOIN stock_move_line line ON line.move_id = move.id
      JOIN stock_location place ON place.id = move.location_dest_id
     WHERE move.unbuild_id IN (SELECT id FROM run)
       AND move.state = 'done'
       AND place.usage = 'production'
       AND line.quantity_product_uom > 0
     GROUP BY 1, 2, 3
    """
)
UNBUILD_OUTPUTS = SQL(
    """
    SELECT move.unbuild_id AS run_id, line.product_id, line.lot_id,
           sum(line.quantity_product_uom) AS quantity, max(line.date) AS date
      FROM stock_move move
      JOIN stock_move_line line ON line.move_id = move.id
      JOIN stock_location place ON place.id = move.location_id
     WHERE move.unbuild_id IN (SELECT id FROM run)
       AND move.state = 'done'
       AND place.usage = 'production'
       AND line.quantity_product_uom > 0
     GROUP BY 1, 2, 3
    """
)
# which outputs a component was drawn for: those of its run, and of later parts of the
# order that plan the component and drew none of it
SHARERS = SQL(
    """
    SELECT run.id AS source_id, run.id AS run_id, NULL::integer AS product_id FROM run
     UNION ALL
    SELECT DISTINCT ON (part.id, planned.product_id)
           earlier.id, part.id, planned.product_id
      FROM run part
      JOIN stock_move planned ON planned.raw_material_production_id = part.id
      JOIN run earlier ON earlier.production_group_id = part.production_group_id
       AND earlier.backorder_sequence < part.backorder_sequence
      JOIN input drawn ON drawn.run_id = earlier.id
       AND drawn.product_id = planned.product_id
     WHERE part.backorder_sequence > 1
       AND NOT EXISTS (
           SELECT FROM input own
            WHERE own.run_id = part.id AND own.product_id = planned.product_id
       )
     ORDER BY 2, 3, 1 DESC
    """
)
NO_SHARERS = SQL(
    "SELECT id AS source_id, id AS run_id, NULL::integer AS product_id FROM run"
)


def write_edges(env, productions=(), unbuilds=()):
    """Write the edges of runs anew; what they had before is forgotten.

    :param productions: ids of manufacturing orders
    :param unbuilds: ids of unbuild orders
    """
    for name in MODELS:
        env[name].flush_model()
    if productions:
        _write(
            env,
            SQL("production_id"),
            _get_runs(productions),
            RUN_INPUTS,
            RUN_OUTPUTS,
            SHARERS,
        )
    if unbuilds:
        _write(
            env,
            SQL("unbuild_id"),
            _get_unbuilds(unbuilds),
            UNBUILD_INPUTS,
            UNBUILD_OUTPUTS,
            NO_SHARERS,
        )
    env["mrp.genealogy.edge"].invalidate_model()


def _get_runs(ids):
    """The runs and the other parts of their orders, whose inputs they may share."""
    return SQL(
        """
        SELECT id, company_id, production_group_id, backorder_sequence
          FROM mrp_production
         WHERE id = ANY(%(ids)s)
         UNION
        SELECT part.id, part.company_id, part.production_group_id,
               part.backorder_sequence
          FROM mrp_production run
          JOIN mrp_production part
            ON part.production_group_id = run.production_group_id
           AND part.backorder_sequence > 0
         WHERE run.id = ANY(%(ids)s) AND run.backorder_sequence > 1
        """,
        ids=list(ids),
    )


def _get_unbuilds(ids):
    return SQL("SELECT id, company_id FROM mrp_unbuild WHERE id = ANY(%s)", list(ids))


def _write(env, column, runs, inputs, outputs, sharers):
    env.cr.execute(
        SQL(
            """
            WITH run AS MATERIALIZED (%(runs)s),
            gone AS (
                DELETE FROM mrp_genealogy_edge WHERE %(column)s IN (SELECT id FROM run)
            ),
            input AS MATERIALIZED (%(inputs)s),
            output AS MATERIALIZED (%(outputs)s),
            sharer AS MATERIALIZED (%(sharers)s),
            -- each input beside the outputs it went into
            pair AS (
                SELECT input.run_id AS source_id, output.run_id,
                       input.product_id AS parent_product_id,
                       input.lot_id AS parent_lot_id, input.workorder_id,
                       input.quantity AS input_quantity, input.date AS input_date,
                       output.product_id AS child_product_id,
                       output.lot_id AS child_lot_id,
                       output.quantity AS output_quantity, output.date AS output_date,
                       output.quantity * unit.factor AS in_unit,
                       output.quantity * product.weight AS in_weight,
                       split_part(unit.parent_path, '/', 1) AS root
                  FROM input
                  JOIN sharer ON sharer.source_id = input.run_id
                   AND (sharer.product_id IS NULL
                        OR sharer.product_id = input.product_id)
                  LEFT JOIN output ON output.run_id = sharer.run_id
                  LEFT JOIN product_product product ON product.id = output.product_id
                  LEFT JOIN product_template template
                    ON template.id = product.product_tmpl_id
                  LEFT JOIN uom_uom unit ON unit.id = template.uom_id
                 WHERE output.run_id IS NOT NULL OR sharer.run_id = input.run_id
            ),
            -- what is known about all outputs of one input
            basis AS (
                SELECT *,
                       min(root) OVER whole = max(root) OVER whole AS has_unit,
                       bool_and(in_weight > 0) OVER whole AS has_weight,
                       sum(in_unit) OVER whole AS all_unit,
                       sum(in_weight) OVER whole AS all_weight,
                       sum(output_quantity) OVER (
                           PARTITION BY source_id, parent_product_id, parent_lot_id,
                                        workorder_id, child_product_id
                       ) AS all_of_product,
                       dense_rank() OVER (
                           PARTITION BY source_id, parent_product_id, parent_lot_id,
                                        workorder_id ORDER BY child_product_id
                       ) + dense_rank() OVER (
                           PARTITION BY source_id, parent_product_id, parent_lot_id,
                                        workorder_id ORDER BY child_product_id DESC
                       ) - 1 AS products
                  FROM pair
                WINDOW whole AS (
                    PARTITION BY source_id, parent_product_id, parent_lot_id,
                                 workorder_id
                )
            ),
            edge AS (
                SELECT COALESCE(run_id, source_id) AS run_id, parent_product_id,
                       parent_lot_id, child_product_id, child_lot_id, workorder_id,
                       output_quantity AS child_quantity,
                       COALESCE(output_date, input_date) AS date, input_date,
                       input_quantity * CASE
                           WHEN child_product_id IS NULL THEN 1
                           WHEN has_unit THEN in_unit / all_unit
                           WHEN has_weight THEN in_weight / all_weight
                           ELSE output_quantity / all_of_product / products
                       END AS quantity
                  FROM basis
                 UNION ALL
                -- made out of nothing that was recorded
                SELECT output.run_id, NULL, NULL, output.product_id, output.lot_id,
                       NULL, output.quantity, output.date, NULL, 0
                  FROM output
                 WHERE NOT EXISTS (
                     SELECT FROM pair WHERE pair.run_id = output.run_id
                 )
            )
            INSERT INTO mrp_genealogy_edge (
                parent_product_id, parent_lot_id, child_product_id, child_lot_id,
                workorder_id, quantity, child_quantity, date, %(column)s, company_id,
                parent_filling, child_filling
            )
            SELECT edge.parent_product_id, edge.parent_lot_id, edge.child_product_id,
                   edge.child_lot_id, edge.workorder_id, edge.quantity,
                   edge.child_quantity, edge.date, edge.run_id, run.company_id,
                   (SELECT count(*) FROM mrp_genealogy_cut cut
                     WHERE cut.lot_id = edge.parent_lot_id
                       AND cut.date <= edge.input_date),
                   (SELECT count(*) FROM mrp_genealogy_cut cut
                     WHERE cut.lot_id = edge.child_lot_id AND cut.date <= edge.date)
              FROM edge
              JOIN run ON run.id = edge.run_id
            """,
            runs=runs,
            column=column,
            inputs=inputs,
            outputs=outputs,
            sharers=sharers,
        )
    )
