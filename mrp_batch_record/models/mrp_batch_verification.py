import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import DECIDING
from ..tools.seal import Verifier, get_report

AT_ONCE = 5000
MAY_VERIFY = (
    "mrp_batch_record.mrp_batch_record_group_viewer",
    "stock_lot_hold.stock_lot_hold_group_release",
)


class MrpBatchVerification(models.Model):
    """All entries of a company recomputed: when, by whom, and what was found."""

    _name = "mrp.batch.verification"
    _description = "Verification of Batch Records"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "date"
    _mail_post_access = "read"

    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, index=True
    )
    date = fields.Datetime(readonly=True, required=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    state = fields.Selection(
        [("ok", "Nothing Changed"), ("broken", "Changed")], readonly=True
    )
    checked = fields.Integer(string="Entries", readonly=True)
    position = fields.Integer(string="Length of the Chain", readonly=True)
    head = fields.Char(string="Head of the Chain", readonly=True)
    unlinked = fields.Integer(string="Not Linked Yet", readonly=True)
    erased = fields.Integer(string="Names Erased", readonly=True)
    gap_count = fields.Integer(string="Numbers without Record", readonly=True)
    gaps = fields.Text(readonly=True)
    unrecorded = fields.Text(string="Orders without Record", readonly=True)
    seconds = fields.Float(readonly=True, digits=(16, 2))
    problem_count = fields.Integer(string="Findings", readonly=True)
    first_problem = fields.Text(string="First Finding", readonly=True)
    report = fields.Text(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not DECIDING.is_on(self.env):
            raise UserError(self._get_refusal())
        return super().create(vals_list)

    def write(self, vals):
        if self and any(not n.startswith(("message_", "activity_")) for n in vals):
            raise UserError(self._get_refusal())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_refusal())

    def _get_refusal(self):
        return self.env._(
            "Verifications are made by Odoo. Press Verify to make another one."
        )

    @api.model
    def action_verify(self):
        """Verify the present company and show what was found."""
        if not any(self.env.user.has_group(group) for group in MAY_VERIFY):
            raise AccessError(
                self.env._(
                    "Only people who may see all batch records verify them: ask for "
                    "the role “Batch Record Viewer”."
                )
            )
        # sudo: the verifier reads what nobody else may read at once
        verification = self.sudo()._verify(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": verification.id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_verify(self):
        cron = self.env["ir.cron"]
        companies = self._get_companies()
        for left, company in enumerate(reversed(companies)):
            records = self.env["mrp.batch.record"].with_company(company)
            if company.mrp_batch_record:
                records._catch_up(company)
            self.with_company(company)._verify(company)
            if not cron._commit_progress(1, remaining=len(companies) - left - 1):
                break

    @api.model
    def _get_companies(self):
        """:return: companies that have a chain or keep records"""
        self.env.cr.execute("SELECT DISTINCT company_id FROM mrp_batch_seal")
        sealed = [company for (company,) in self.env.cr.fetchall()]
        return self.env["res.company"].search(
            ["|", ("mrp_batch_record", "=", True), ("id", "in", sealed)]
        )

    @api.model
    def _verify(self, company):
        """Recompute everything a company ever sealed.

        :return: the verification, which tells what was found
        """
        began = time.perf_counter()
        verifier, unlinked = self._check(company)
        gaps = self.env["mrp.batch.record"]._get_gaps(company)
        for gap in gaps:
            if gap["sealed"]:
                verifier.problems.append(
                    {
                        "place": gap["number"],
                        "what": "its record is missing",
                        "expected": "a record",
                        "found": "entries only",
                    }
                )
        verification = DECIDING.put_on(self).create(
            {
                "company_id": company.id,
                "date": fields.Datetime.now(),
                "user_id": self.env.uid,
                "state": "broken" if verifier.problems else "ok",
                "checked": verifier.checked,
                "position": verifier.position,
                "head": verifier.head,
                "unlinked": unlinked,
                "erased": self._count_erased(company),
                "gap_count": len(gaps),
                "gaps": "\n".join(gap["number"] for gap in gaps),
                "unrecorded": "\n".join(self._get_unrecorded(company).mapped("name")),
                "problem_count": len(verifier.problems),
                "first_problem": self._get_first(verifier),
                "report": "\n".join(get_report(verifier)),
                "seconds": time.perf_counter() - began,
            }
        )
        verification._warn()
        return verification

    def _warn(self):
        """Somebody has to look at a broken chain."""
        if self.state != "broken":
            return
        people = self.env.ref("stock_lot_hold.stock_lot_hold_group_release").user_ids
        person = people.filtered(
            lambda user: (
                user.active and not user.share and self.company_id in user.company_ids
            )
        )[:1]
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The seal of batch records is broken"),
            user_id=person.id or self.env.uid,
        )

    def _get_first(self, verifier):
        if not verifier.problems:
            return False
        first = verifier.problems[0]
        return self.env._(
            "%(place)s: %(what)s. Expected %(expected)s, found %(found)s.", **first
        )

    @api.model
    def _check(self, company):
        """:return: (``Verifier`` after its work, number of entries not linked)"""
        verifier, sequences = Verifier(), {}
        for links in self._walk_chain(company):
            self._take(verifier, links, sequences)
        unlinked = self._get_unlinked(company)
        self._ask_to_link(company, unlinked)
        self._take(verifier, [(None, entry) for entry in unlinked], sequences)
        verifier.check_sequences(sequences, self._get_counts(company))
        self._check_heads(verifier, company)
        return verifier, len(unlinked)

    def _check_heads(self, verifier, company):
        """Compare with the heads that were given away, as far as we know them."""
        anchors = self.env["mrp.batch.anchor"].search([("company_id", "=", company.id)])
        places = tuple(anchors.mapped("position")) or (0,)
        links = self.env["mrp.batch.link"]._fetch(
            SQL("company_id = %s AND position IN %s", company.id, places)
        )
        hashes = {link["position"]: link["hash"] for link in links}
        for anchor in reversed(anchors):
            verifier.check_head(
                {"position": anchor.position, "hash": anchor.head}, hashes
            )

    def _walk_chain(self, company):
        """Yield the chain part by part: lists of (link, entry or None)."""
        position = -1
        while True:
            links = self.env["mrp.batch.link"]._fetch(
                SQL(
                    "company_id = %s AND position > %s ORDER BY position LIMIT %s",
                    *(company.id, position, AT_ONCE),
                )
            )
            if not links:
                return
            ids = tuple(link["entry"] for link in links)
            entries = self.env["mrp.batch.seal"]._fetch(SQL("id IN %s", ids))
            by_id = {entry["id"]: entry for entry in entries}
            yield [(link, by_id.get(link["entry"])) for link in links]
            position = links[-1]["position"]

    def _take(self, verifier, links, sequences):
        keys = tuple({entry["key"] for _link, entry in links if entry})
        persons = {}
        if keys:
            for commitment, salt, text in self.env["mrp.batch.person"]._fetch(
                SQL("record_key IN %s", keys)
            ):
                persons.setdefault(commitment, []).append((salt, text))
        for link, entry in links:
            if entry:
                sequences.setdefault(entry["record"], set()).add(entry["sequence"])
                verifier.take(entry, link, persons)
            else:
                verifier.take_missing(link)

    def _get_unlinked(self, company):
        return self.env["mrp.batch.seal"]._fetch(
            SQL(
                "company_id = %s AND NOT EXISTS (SELECT 1 FROM mrp_batch_link WHERE "
                "entry = mrp_batch_seal.id) ORDER BY id",
                company.id,
            )
        )

    def _ask_to_link(self, company, entries):
        """Whatever has no place in the chain is on the list of work again."""
        if entries:
            self.env.cr.execute(
                """
                INSERT INTO mrp_batch_pending (entry, company)
                SELECT id, %s FROM unnest(%s) id
                 WHERE id NOT IN (
                    SELECT entry FROM mrp_batch_pending WHERE company = %s
                 )
                """,
                [company.id, [entry["id"] for entry in entries], company.id],
            )

    def _get_counts(self, company):
        """:return: how many entries each record should have"""
        self.env["mrp.batch.record"].flush_model(["entry_count", "name"])
        self.env.cr.execute(
            "SELECT name, COALESCE(entry_count, 0) FROM mrp_batch_record "
            "WHERE company_id = %s",
            [company.id],
        )
        return dict(self.env.cr.fetchall())

    def _count_erased(self, company):
        self.env.cr.execute(
            "SELECT count(*) FROM mrp_batch_person WHERE company_id = %s AND "
            "text IS NULL",
            [company.id],
        )
        return self.env.cr.fetchone()[0]

    def _get_unrecorded(self, company):
        """:return: orders that should have a record and have none"""
        if not company.mrp_batch_record_since:
            return self.env["mrp.production"]
        return self.env["mrp.production"].search(
            [
                ("company_id", "=", company.id),
                ("state", "not in", ("draft", "cancel")),
                ("create_date", ">=", company.mrp_batch_record_since),
                ("batch_record_ids", "=", False),
            ],
            limit=100,
        )
