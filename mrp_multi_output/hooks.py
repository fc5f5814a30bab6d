def post_init_hook(env):
    """Every company gets a place for its waste.

    What had a cost share was a co-product all along: the field computes that itself.
    """
    env["res.company"].create_missing_waste_location()
