def pre_init_hook(env):
    """Say in SQL what orders and recipes had until now.

    The ORM would compute it for every stock move ever made, one by one. What had a
    cost share was a co-product all along.
    """
    env.cr.execute(
        """
        ALTER TABLE mrp_bom_byproduct ADD COLUMN IF NOT EXISTS output_type varchar;
        UPDATE mrp_bom_byproduct
           SET output_type = CASE
                   WHEN cost_share > 0 THEN 'co_product' ELSE 'by_product'
               END;

        ALTER TABLE stock_move ADD COLUMN IF NOT EXISTS output_type varchar;
        ALTER TABLE stock_move ADD COLUMN IF NOT EXISTS planned_output_quantity numeric;
        UPDATE stock_move move
           SET planned_output_quantity = move.product_uom_qty,
               output_type = CASE
                   WHEN move.product_id = production.product_id THEN 'main'
                   WHEN move.cost_share > 0 THEN 'co_product'
                   ELSE 'by_product'
               END
          FROM mrp_production production
         WHERE production.id = move.production_id;
        """
    )


def post_init_hook(env):
    """Every company gets a place for its waste."""
    env["res.company"]._create_missing_waste_location()
