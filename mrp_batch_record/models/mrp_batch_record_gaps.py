from odoo import api, models
from odoo.tools import SQL


class MrpBatchRecord(models.Model):
    """Never none, no number lost unnoticed: what is missing is made or reported."""

    _inherit = "mrp.batch.record"

    @api.model
    def _catch_up(self, company):
        """Orders that became what they are by no door we know: open or close them.

        :return: the records that were opened or closed
        """
        verifications = self.env["mrp.batch.verification"]
        opened = self.browse()
        if missing := verifications._get_unrecorded(company):
            opened = self._open(missing, "found")
        waiting = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("production_id.state", "in", ("done", "cancel")),
            ]
        )
        waiting.filtered(lambda r: r.production_id.state == "done")._execute()
        waiting.filtered(lambda r: r.production_id.state == "cancel")._cancel()
        return opened | waiting

    @api.model
    def _get_gaps(self, company):
        """Numbers that were taken and have no record.

        A number is taken before its order is saved; when that fails the number is
        gone. One that has entries in the seal had a record, though.

        :return: list of dicts of ``number`` and ``sealed`` (whether it has entries)
        """
        self.flush_model(["name", "ordinal", "company_id"])
        self.env.cr.execute(
            SQL(
                r"""
                WITH numbers AS (
                    SELECT regexp_replace(name, '\d+$', '') AS prefix, ordinal,
                           max(length(substring(name FROM '\d+$'))) OVER () AS width
                      FROM mrp_batch_record WHERE company_id = %(company)s
                ), ranges AS (
                    SELECT prefix, max(width) AS width, max(ordinal) AS last,
                           array_agg(ordinal) AS found
                      FROM numbers GROUP BY prefix
                ), missing AS (
                    SELECT prefix || lpad(
                               n::text, greatest(width, length(n::text)), '0'
                           ) AS number
                      FROM ranges, generate_series(1, last) n
                     WHERE n != ALL(found)
                )
                SELECT number, EXISTS (
                           SELECT 1 FROM mrp_batch_seal
                            WHERE company_id = %(company)s AND record = number
                       ) AS sealed
                  FROM missing ORDER BY number LIMIT 1000
                """,
                company=company.id,
            )
        )
        return self.env.cr.dictfetchall()
