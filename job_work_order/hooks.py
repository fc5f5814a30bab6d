def post_init_hook(env):
    """Companies that are there get their numbers; later ones when they are made."""
    env["res.company"].search([])._create_job_sequence()
