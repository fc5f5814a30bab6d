import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import keep_append_only
from ..tools.seal import get_commitment
from ..tools.triggers import ERASE_ONLY

TABLE = """
    CREATE TABLE IF NOT EXISTS mrp_batch_person (
        id serial PRIMARY KEY,
        company_id integer NOT NULL,
        record_key varchar NOT NULL,
        commitment varchar NOT NULL,
        salt varchar,
        text varchar,
        key varchar
    );
    CREATE INDEX IF NOT EXISTS mrp_batch_person_record
        ON mrp_batch_person (record_key);
    CREATE INDEX IF NOT EXISTS mrp_batch_person_key
        ON mrp_batch_person (key) WHERE key IS NOT NULL;
"""


class MrpBatchPerson(models.Model):
    """Names that entries stand for, in a place of their own.

    An entry holds a hash of name and salt. Erasing both leaves the entry valid, and
    nobody can find out any more who it was.
    """

    _name = "mrp.batch.person"
    _description = "Name in a Batch Record"
    _order = "id desc"
    _rec_name = "text"
    _auto = False
    _log_access = False

    company_id = fields.Many2one("res.company", readonly=True)
    record_key = fields.Char(readonly=True)
    commitment = fields.Char(readonly=True)
    salt = fields.Char(readonly=True)
    text = fields.Char(string="Name", readonly=True)
    key = fields.Char(string="Whose", readonly=True)

    def init(self):
        self.env.cr.execute(TABLE)
        keep_append_only(self.env.cr, self._table, ERASE_ONLY)

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
        return self.env._(
            "Names in batch records are written by Odoo. People of quality can erase "
            "the names of a person whose records need not be kept any longer."
        )

    @api.model
    def _commit_to(self, people):
        """Write names down and return what stands for them.

        :param list people: (company id, key of the record, ``Person``)
        :return: list of commitments
        """
        rows, commitments = [], []
        for company, record_key, person in people:
            salt, text = secrets.token_hex(16), person.get_text()
            commitment = get_commitment(salt, text)
            commitments.append(commitment)
            rows.append(
                SQL(
                    "(%s, %s, %s, %s, %s, %s)",
                    *(company, record_key, commitment, salt, text, person.key),
                )
            )
        if rows:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO mrp_batch_person "
                    "(company_id, record_key, commitment, salt, text, key) VALUES %s",
                    SQL(", ").join(rows),
                )
            )
        return commitments

    @api.model
    def _fetch(self, condition):
        """:return: list of (commitment, salt, text)"""
        self.env.cr.execute(
            SQL(
                "SELECT commitment, salt, text FROM mrp_batch_person WHERE %s",
                condition,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _get_names(self, keys):
        """:return: dict of names per commitment, None for an erased one"""
        if not keys:
            return {}
        rows = self._fetch(SQL("record_key IN %s", tuple(keys)))
        return {commitment: text for commitment, _salt, text in rows}

    @api.model
    def _erase(self, key, record_keys):
        """Take a person's name out of records for good.

        :return: how many names were erased
        """
        if not record_keys:
            return 0
        self.env.cr.execute(
            """
            UPDATE mrp_batch_person SET text = NULL, salt = NULL, key = NULL
             WHERE key = %s AND record_key IN %s
            """,
            [key, tuple(record_keys)],
        )
        self.invalidate_model()
        return self.env.cr.rowcount
