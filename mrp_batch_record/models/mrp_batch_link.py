import logging

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import keep_append_only, utc_text
from ..tools.seal import get_hash, get_link_text

_logger = logging.getLogger(__name__)

LOCK = 0x6D726272  # "mrbr": one linker per company at a time
AT_ONCE = 2000
TABLE = """
    CREATE TABLE IF NOT EXISTS mrp_batch_link (
        id serial PRIMARY KEY,
        company_id integer NOT NULL,
        position integer NOT NULL,
        entry integer NOT NULL,
        entry_hash varchar NOT NULL,
        previous varchar NOT NULL,
        at varchar NOT NULL,
        hash varchar NOT NULL
    );
    CREATE UNIQUE INDEX IF NOT EXISTS mrp_batch_link_position
        ON mrp_batch_link (company_id, position);
    CREATE UNIQUE INDEX IF NOT EXISTS mrp_batch_link_entry
        ON mrp_batch_link (entry);
"""


class MrpBatchLink(models.Model):
    """The chain of a company: which entry came after which.

    It is a table of its own so that linking adds rows and changes none, and nobody
    who closes an order waits for it.
    """

    _name = "mrp.batch.link"
    _description = "Link of the Chain"
    _order = "company_id, position"
    _rec_name = "position"
    _auto = False
    _log_access = False

    company_id = fields.Many2one("res.company", readonly=True)
    position = fields.Integer(readonly=True)
    entry = fields.Integer(readonly=True)
    entry_hash = fields.Char(readonly=True)
    previous = fields.Char(readonly=True)
    at = fields.Char(readonly=True)
    hash = fields.Char(readonly=True)

    def init(self):
        self.env.cr.execute(TABLE)
        keep_append_only(self.env.cr, self._table)

    @api.model_create_multi
    def create(self, vals_list):
        if vals_list:
            raise UserError(self._get_refusal())
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self._get_refusal())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_refusal())

    def _get_refusal(self):
        return self.env._("The chain of batch records is made by Odoo alone.")

    @api.model
    def _cron_link(self):
        """Link what was sealed, company by company, as long as there is time."""
        cron = self.env["ir.cron"]
        # the lock of one transaction must not be taken in the snapshot of another
        cron._commit_progress(remaining=self._count_pending())
        while linked := self._link_all():
            if not cron._commit_progress(linked, remaining=self._count_pending()):
                return
        cron._commit_progress(remaining=0)

    @api.model
    def _count_pending(self, company=None):
        # sudo: how many wait is no secret; nobody has rights on the list of work
        domain = [("company", "=", company.id)] if company else []
        return self.env["mrp.batch.pending"].sudo().search_count(domain)

    @api.model
    def _link_all(self):
        """Link up to ``AT_ONCE`` entries of each company.

        :return: how many were linked
        """
        self.env.cr.execute("SELECT DISTINCT company FROM mrp_batch_pending ORDER BY 1")
        return sum(self._link(company) for (company,) in self.env.cr.fetchall())

    @api.model
    def _link(self, company):
        """Link a company's sealed entries, unless somebody is just doing so.

        :param int company: id of the company
        :return: how many were linked
        """
        cr = self.env.cr
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, company])
        if not cr.fetchone()[0]:
            return 0
        try:
            with cr.savepoint(flush=False):
                entries = self._get_next_entries(company)
                if entries:
                    self._insert(company, entries)
        except (SerializationFailure, UniqueViolation):
            # linked by another process after this transaction began
            _logger.info("The chain of company %s was just extended.", company)
            return 0
        return len(entries)

    @api.model
    def _get_next_entries(self, company):
        """Take entries off the list of work.

        :return: list of (id, hash), in the order they are linked
        """
        self.env.cr.execute(
            """
            DELETE FROM mrp_batch_pending pending
             USING (
                SELECT id FROM mrp_batch_pending
                 WHERE company = %s ORDER BY entry LIMIT %s
             ) next
             WHERE pending.id = next.id
            RETURNING pending.entry
            """,
            [company, AT_ONCE],
            log_exceptions=False,
        )
        ids = tuple(entry for (entry,) in self.env.cr.fetchall())
        if not ids:
            return []
        self.env.cr.execute(
            """
            SELECT id, hash FROM mrp_batch_seal
             WHERE id IN %s AND company_id = %s
               AND id NOT IN (SELECT entry FROM mrp_batch_link WHERE entry IN %s)
             ORDER BY id
            """,
            [ids, company, ids],
        )
        return self.env.cr.fetchall()

    @api.model
    def _insert(self, company, entries):
        head = self._get_head(company)
        position, previous = head["position"], head["hash"]
        at = utc_text(fields.Datetime.now())
        rows = []
        for entry, entry_hash in entries:
            position += 1
            link = {
                "company": company,
                "position": position,
                "previous": previous,
                "entry_hash": entry_hash,
                "at": at,
            }
            chained = get_hash(get_link_text(link))
            rows.append(
                SQL(
                    "(%s, %s, %s, %s, %s, %s, %s)",
                    *(company, position, entry, entry_hash, previous, at, chained),
                )
            )
            previous = chained
        self.env.cr.execute(
            SQL(
                "INSERT INTO mrp_batch_link "
                "(company_id, position, entry, entry_hash, previous, at, hash) "
                "VALUES %s",
                SQL(", ").join(rows),
            ),
            log_exceptions=False,
        )

    @api.model
    def _get_head(self, company):
        """:return: dict of ``position``, ``hash`` and ``at`` of the latest link"""
        self.env.cr.execute(
            "SELECT position, hash, at FROM mrp_batch_link WHERE company_id = %s "
            "ORDER BY position DESC LIMIT 1",
            [company],
        )
        return self.env.cr.dictfetchone() or {"position": 0, "hash": "", "at": None}

    @api.model
    def _fetch(self, condition):
        """:return: list of dicts, as the verifier takes them"""
        self.env.cr.execute(
            SQL(
                """
                SELECT company_id AS company, position, entry, entry_hash, previous,
                       at, hash
                  FROM mrp_batch_link WHERE %s
                """,
                condition,
            )
        )
        return self.env.cr.dictfetchall()
