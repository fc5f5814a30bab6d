def pre_init_hook(env):
    """Every lot and place there is was usable until now, and stays so.

    PostgreSQL adds a column with a constant default without touching the rows; the ORM
    would write millions of lots.
    """
    env.cr.execute(
        """
        ALTER TABLE stock_lot
            ADD COLUMN IF NOT EXISTS hold_state varchar DEFAULT 'released' NOT NULL;
        ALTER TABLE stock_lot ALTER COLUMN hold_state DROP DEFAULT;
        ALTER TABLE stock_location
            ADD COLUMN IF NOT EXISTS in_quarantine boolean DEFAULT FALSE;
        ALTER TABLE stock_location ALTER COLUMN in_quarantine DROP DEFAULT;
        """
    )
