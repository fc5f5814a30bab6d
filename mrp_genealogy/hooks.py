def post_init_hook(env):
    """Every company numbers its recalls; what was made before gets its genealogy."""
    env["res.company"].search([])._create_missing_recall_sequence()
    env["mrp.genealogy.backfill"]._start()
