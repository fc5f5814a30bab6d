from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import keep_append_only
from ..tools.seal import FORMAT, canonicalize, get_hash

TABLE = """
    CREATE TABLE IF NOT EXISTS mrp_batch_seal (
        id serial PRIMARY KEY,
        company_id integer NOT NULL,
        record_key varchar NOT NULL,
        record varchar NOT NULL,
        sequence integer NOT NULL,
        kind varchar NOT NULL,
        format integer NOT NULL,
        at varchar NOT NULL,
        text text NOT NULL,
        hash varchar NOT NULL
    );
    CREATE UNIQUE INDEX IF NOT EXISTS mrp_batch_seal_sequence
        ON mrp_batch_seal (record_key, sequence);
    CREATE INDEX IF NOT EXISTS mrp_batch_seal_company
        ON mrp_batch_seal (company_id, id);
"""


class MrpBatchSeal(models.Model):
    """What batch records hold: written once, by the server, and sealed at once.

    The table has no foreign key and never gets another column: what a later version
    has to say goes into the text, under a new format. So upgrades, merged contacts and
    deleted users never touch a row.
    """

    _name = "mrp.batch.seal"
    _description = "Batch Record Entry"
    _order = "id desc"
    _rec_name = "record"
    _auto = False
    _log_access = False

    company_id = fields.Many2one("res.company", readonly=True)
    record_key = fields.Char(readonly=True)
    record = fields.Char(readonly=True)
    sequence = fields.Integer(string="Entry", readonly=True)
    kind = fields.Char(readonly=True)
    format = fields.Integer(readonly=True)
    at = fields.Char(string="Sealed at (UTC)", readonly=True)
    text = fields.Text(string="Sealed Content", readonly=True)
    hash = fields.Char(readonly=True)
    position = fields.Integer(
        string="Place in the Chain",
        compute="_compute_position",
        help="0: not linked yet; that takes a minute at most.",
    )
    record_id = fields.Many2one(
        "mrp.batch.record", string="Batch Record", compute="_compute_record_id"
    )

    def init(self):
        self.env.cr.execute(TABLE)
        keep_append_only(self.env.cr, self._table)

    def _compute_position(self):
        # sudo: where an entry is in the chain is no secret
        links = self.env["mrp.batch.link"].sudo()
        places = {
            link.entry: link.position
            for link in links.search([("entry", "in", self.ids)])
        }
        for entry in self:
            entry.position = places.get(entry.id, 0)

    def _compute_record_id(self):
        records = self.env["mrp.batch.record"].search(
            [("key", "in", self.mapped("record_key"))]
        )
        by_key = {record.key: record for record in records}
        for entry in self:
            entry.record_id = by_key.get(entry.record_key)

    @api.model_create_multi
    def create(self, vals_list):
        if vals_list:
            raise UserError(
                self.env._(
                    "Entries of batch records are written by Odoo when something "
                    "happens. Add a correction, a result or a signature instead."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise UserError(self._get_refusal())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_refusal())

    def _get_refusal(self):
        return self.env._(
            "What %(record)s holds is sealed. Add a correction to the record; what it "
            "corrects stays readable.",
            record=self[:1].record or self.env._("a batch record"),
        )

    @api.model
    def _insert(self, rows):
        """Seal entries, and queue them for the chain, in one statement.

        :param list rows: dicts of ``company``, ``key``, ``record``, ``sequence``,
            ``kind``, ``at``, ``payload``
        """
        values = []
        for row in rows:
            text = canonicalize({"format": FORMAT, **row})
            values.append(
                SQL(
                    "(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                    *(row[name] for name in ("company", "key", "record", "sequence")),
                    *(row["kind"], FORMAT, row["at"], text, get_hash(text)),
                )
            )
        self.env.cr.execute(
            SQL(
                """
                WITH sealed AS (
                    INSERT INTO mrp_batch_seal (
                        company_id, record_key, record, sequence, kind, format, at,
                        text, hash
                    ) VALUES %s RETURNING id, company_id
                )
                INSERT INTO mrp_batch_pending (entry, company)
                SELECT id, company_id FROM sealed
                """,
                SQL(", ").join(values),
            )
        )

    def _export(self):
        """:return: list of dicts, as the verifier takes them"""
        if not self:
            return []
        return self._fetch(SQL("id IN %s ORDER BY id", tuple(self.ids)))

    @api.model
    def _fetch(self, condition):
        """:return: list of dicts, as the verifier takes them"""
        self.env.cr.execute(
            SQL(
                """
                SELECT id, company_id AS company, record_key AS key, record, sequence,
                       kind, format, at, text, hash
                  FROM mrp_batch_seal WHERE %s
                """,
                condition,
            )
        )
        return self.env.cr.dictfetchall()
