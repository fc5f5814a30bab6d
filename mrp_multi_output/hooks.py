def post_init_hook(env):
    """Every company gets a place for its waste; older orders get their plan.

    What had a cost share was a co-product all along: the field computes that itself.
    """
    env.cr.execute(
        """
        UPDATE stock_move
           SET planned_output_quantity = product_uom_qty
         WHERE production_id IS NOT NULL
           AND planned_output_quantity IS NULL
           AND state != 'draft'
        """
    )
    env["stock.move"].invalidate_model(["planned_output_quantity"])
    env["res.company"].create_missing_waste_location()
