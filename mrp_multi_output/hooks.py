def post_init_hook(env):
    """What had a cost share was a co-product all along; every company gets its waste.

    Orders under way keep the meaning they were confirmed with.
    """
    env.cr.execute(
        """
        UPDATE mrp_bom_byproduct SET output_type = 'co_product' WHERE cost_share > 0;
        UPDATE stock_move move
           SET output_type = CASE
                   WHEN move.product_id = production.product_id THEN 'main'
                   WHEN move.cost_share > 0 THEN 'co_product'
                   ELSE 'by_product'
               END
          FROM mrp_production production
         WHERE production.id = move.production_id;
        """
    )
    env.invalidate_all()
    env["res.company"].create_missing_waste_location()
