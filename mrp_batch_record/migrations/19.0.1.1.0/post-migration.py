def migrate(cr, version):
    """Count what was changed after the decision before that was counted."""
    cr.execute(
        """
        UPDATE mrp_batch_record record
           SET late_change_count = late.changes
          FROM (
            SELECT later.record_key, count(*) AS changes
              FROM mrp_batch_seal later
              JOIN mrp_batch_seal decision
                ON decision.record_key = later.record_key
               AND decision.kind IN ('release', 'rejection')
               AND decision.sequence < later.sequence
             WHERE later.kind IN ('change', 'correction')
             GROUP BY later.record_key
          ) late
         WHERE late.record_key = record.key
        """
    )
