import base64
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools import DECIDING, utc_text
from ..tools.seal import Verifier
from .mrp_batch_verification import MAY_VERIFY


class MrpBatchAnchor(models.Model):
    """The head of the chain, as it was given to somebody outside.

    What proves something is the copy outside; this list only tells who has one.
    """

    _name = "mrp.batch.anchor"
    _description = "Head of the Chain"
    _order = "id desc"
    _rec_name = "file_name"

    company_id = fields.Many2one(
        "res.company", readonly=True, required=True, index=True
    )
    date = fields.Datetime(readonly=True, required=True)
    position = fields.Integer(string="Length of the Chain", readonly=True)
    head = fields.Char(readonly=True)
    sent_to = fields.Char(readonly=True)
    file = fields.Binary(compute="_compute_file")
    file_name = fields.Char(compute="_compute_file")

    @api.depends("head")
    def _compute_file(self):
        for anchor in self:
            content = json.dumps(anchor._get_content(), indent=1).encode()
            anchor.file = base64.b64encode(content)
            anchor.file_name = f"batch-records-head-{anchor.position}.json"

    def _get_content(self):
        return {
            "company": {"id": self.company_id.id, "name": self.company_id.name},
            "position": self.position,
            "hash": self.head,
            "at": utc_text(self.date),
        }

    @api.model_create_multi
    def create(self, vals_list):
        if not DECIDING.is_on(self.env):
            raise UserError(self._get_refusal())
        return super().create(vals_list)

    def write(self, vals):
        if self and not DECIDING.is_on(self.env):
            raise UserError(self._get_refusal())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_refusal())

    def _get_refusal(self):
        return self.env._(
            "The head of the chain is what it is. Press File the Head to take another "
            "one."
        )

    @api.model
    def _make(self, company, sent_to=False):
        """:return: the head of a company's chain as of now; none without a chain"""
        self.env["mrp.batch.link"]._link(company.id)
        head = self.env["mrp.batch.link"]._get_head(company.id)
        if not head["position"]:
            return self.browse()
        return DECIDING.put_on(self).create(
            {
                "company_id": company.id,
                "date": fields.Datetime.now(),
                "position": head["position"],
                "head": head["hash"],
                "sent_to": sent_to,
            }
        )

    @api.model
    def action_file(self):
        """Download the head of the present company's chain, to keep it outside."""
        self._check_may_see()
        # sudo: the head is the server's to tell
        anchor = self.sudo()._make(self.env.company)
        if not anchor:
            raise UserError(
                self.env._("There is no batch record yet: nothing to file.")
            )
        return anchor.action_download()

    def action_download(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content?model={self._name}&id={self.id}&field=file"
            "&filename_field=file_name&download=true",
            "target": "self",
        }

    @api.model
    def _check_may_see(self):
        if not any(self.env.user.has_group(group) for group in MAY_VERIFY):
            raise AccessError(
                self.env._(
                    "Only people who may see all batch records do this: ask for the "
                    "role “Batch Record Viewer”."
                )
            )

    @api.model
    def _check_content(self, content):
        """Compare a head that was kept outside with the chain of today.

        :param dict content: what ``_get_content`` gave away
        :return: list of findings; none: the chain goes on from that head
        """
        company = self.env.company
        try:
            head = {"position": int(content["position"]), "hash": content["hash"]}
            of_other = content["company"]["id"] != company.id
        except (KeyError, TypeError, ValueError):
            raise UserError(
                self.env._("This is no head of a chain of batch records.")
            ) from None
        if of_other:
            raise UserError(
                self.env._(
                    "This head belongs to %(company)s: switch to that company.",
                    company=content["company"].get("name"),
                )
            )
        # sudo: the verifier reads what nobody else may read at once
        links = (
            self.sudo()
            .env["mrp.batch.link"]
            ._fetch(
                SQL("company_id = %s AND position = %s", company.id, head["position"])
            )
        )
        verifier = Verifier()
        verifier.check_head(head, {link["position"]: link["hash"] for link in links})
        return verifier.problems

    @api.model
    def _cron_send(self):
        """Mail the heads of chains that grew to who keeps them outside."""
        cron = self.env["ir.cron"]
        companies = self.env["res.company"].search(
            [("mrp_batch_anchor_email", "!=", False)]
        )
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self.with_company(company)._send(company)
            if not cron._commit_progress(1):
                break

    @api.model
    def _send(self, company):
        """:return: the head that was mailed; none when it is the one of before"""
        email = company.mrp_batch_anchor_email
        last = self.search(
            [("company_id", "=", company.id), ("sent_to", "=", email)], limit=1
        )
        self.env["mrp.batch.link"]._link(company.id)
        head = self.env["mrp.batch.link"]._get_head(company.id)
        if last and last.head == head["hash"]:
            return self.browse()
        anchor = self._make(company, email)
        if anchor:
            template = self.env.ref("mrp_batch_record.mail_template_anchor")
            template.send_mail(
                anchor.id,
                email_values={
                    "attachment_ids": [
                        (
                            0,
                            0,
                            {
                                "name": anchor.file_name,
                                "raw": base64.b64decode(anchor.file),
                                "mimetype": "application/json",
                            },
                        )
                    ]
                },
            )
        return anchor
