from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import split_every

from ..tools.recall import find_lots

LOTS_AT_ONCE = 5000


class MrpRecall(models.Model):
    _name = "mrp.recall"
    _description = "Recall"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Reference", readonly=True, copy=False, default="/")
    title = fields.Char(required=True, help="What happened, in a few words.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("computed", "Running"),
            ("done", "Closed"),
            ("cancel", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    is_mock = fields.Boolean(
        string="Mock Recall",
        help="An exercise: nothing is held. Its time and the share of the goods that "
        "was found are kept as evidence.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user
    )
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots", check_company=True, copy=False
    )
    supplier_lot = fields.Char(string="Supplier's Lot")
    product_id = fields.Many2one("product.product", check_company=True)
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Work Center", check_company=True
    )
    date_from = fields.Datetime(
        string="From", help="Received, made or put to use from this moment on."
    )
    date_to = fields.Datetime(string="To")
    trace_back = fields.Boolean(
        string="Also Trace Back",
        help="Go back to what the lots were made of, and from there to everything else "
        "that was made of it.",
    )
    start_date = fields.Datetime(string="Started", readonly=True, copy=False)
    computed_date = fields.Datetime(string="Found", readonly=True, copy=False)
    end_date = fields.Datetime(string="Ended", readonly=True, copy=False)
    duration = fields.Float(
        string="Hours",
        compute="_compute_duration",
        store=True,
        help="From the moment the lots were looked for until the recall was closed.",
    )
    line_ids = fields.One2many(
        "mrp.recall.line", "recall_id", string="Lots Found", readonly=True, copy=False
    )
    contact_ids = fields.One2many(
        "mrp.recall.contact", "recall_id", string="Contacts", copy=False
    )
    lot_count = fields.Integer(string="Number of Lots", readonly=True, copy=False)
    held_count = fields.Integer(string="Lots Held", readonly=True, copy=False)
    contact_count = fields.Integer(compute="_compute_contact_count")
    found_percent = fields.Float(
        string="Found %",
        readonly=True,
        copy=False,
        digits=(16, 2),
        aggregator="avg",
        help="Share of the goods of which it is known where they are, on average over "
        "the lots.",
    )

    @api.depends("start_date", "end_date")
    def _compute_duration(self):
        for recall in self:
            ended = recall.end_date and recall.start_date
            recall.duration = (
                (recall.end_date - recall.start_date).total_seconds() / 3600
                if ended
                else 0
            )

    @api.depends("contact_ids")
    def _compute_contact_count(self):
        for recall in self:
            recall.contact_count = len(recall.contact_ids)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for recall in self:
            if (
                recall.date_from
                and recall.date_to
                and recall.date_from > recall.date_to
            ):
                raise ValidationError(
                    self.env._("The end of the period is before its beginning.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self._get_next_name(vals.get("company_id"))
            # said here, so that no default of the caller's context says otherwise
            vals["state"] = "draft"
        return super().create(vals_list)

    def write(self, vals):
        changed = self._get_criteria_fields() & vals.keys()
        if changed and any(recall.state != "draft" for recall in self):
            raise UserError(
                self.env._(
                    "The lots of this recall were found already. Press “Look Again” "
                    "to change what it is about."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        if any(recall.state != "draft" for recall in self):
            raise UserError(
                self.env._("A recall is kept as evidence: cancel it instead.")
            )

    @api.model
    def _get_next_name(self, company_id):
        company = self.env["res.company"].browse(company_id) or self.env.company
        sequences = self.env["ir.sequence"].with_company(company)
        name = sequences.next_by_code("mrp.recall")
        if not name:
            # a company that came while the add-on was installed, or lost its sequence
            company._create_missing_recall_sequence()
            name = sequences.next_by_code("mrp.recall")
        return name

    def action_compute(self):
        """Find all lots, where they are and who got them."""
        for recall in self:
            recall._check_state("draft", "computed")
            recall._compute_lots()
            recall._compute_contacts()

    def action_draft(self):
        for recall in self:
            recall._check_state("computed", "cancel")
            recall._forget_lots()
            recall.contact_ids.filtered(
                lambda contact: contact.state == "open"
            ).unlink()
            recall.write({"state": "draft", "lot_count": 0, "found_percent": 0})

    def action_hold(self):
        """Put everything that is on hand on hold; its reservations are cancelled."""
        for recall in self:
            recall._check_state("computed")
            if recall.is_mock:
                raise UserError(
                    self.env._(
                        "%(recall)s is an exercise: it holds nothing.",
                        recall=recall.name,
                    )
                )
            lots = recall._get_lots_to_hold()
            if not lots:
                raise UserError(
                    self.env._("Nothing of the lots found can still be used.")
                )
            reason = self.env._(
                "Recall %(recall)s: %(title)s", recall=recall.name, title=recall.title
            )
            for part in split_every(LOTS_AT_ONCE, lots.ids):
                lots.browse(part).decide("hold", reason)
            recall.held_count += len(lots)
        return True

    def action_done(self):
        for recall in self:
            recall._check_state("computed")
            recall.write({"state": "done", "end_date": fields.Datetime.now()})

    def action_cancel(self):
        for recall in self:
            recall._check_state("draft", "computed")
            recall.state = "cancel"

    def action_open_lots(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mrp_genealogy.mrp_recall_line_action"
        )
        action["domain"] = [("recall_id", "in", self.ids)]
        return action

    def action_export_xlsx(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mrp_genealogy/recall/{self.id}.xlsx",
            "target": "download",
        }

    def _check_state(self, *states):
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(recall)s is %(state)s: this can not be done now.",
                    recall=self.name,
                    state=labels[self.state],
                )
            )

    def _compute_lots(self):
        self.ensure_one()
        start = self.start_date or fields.Datetime.now()
        self._forget_lots()
        count = find_lots(
            self.env,
            self.id,
            self._get_seed_query(),
            self.company_id.ids,
            self.trace_back,
        )
        if not count:
            raise UserError(
                self.env._(
                    "No lot matches. Check the lots, the supplier's lot, the product, "
                    "the work center and the period of %(recall)s.",
                    recall=self.name,
                )
            )
        self.invalidate_recordset(["line_ids"])
        self.write(
            {
                "state": "computed",
                "start_date": start,
                "computed_date": fields.Datetime.now(),
                "lot_count": count,
                "found_percent": self._get_found_percent(),
            }
        )

    def _forget_lots(self):
        """Lines are nobody's to delete, and there may be a hundred thousand."""
        self.env["mrp.recall.line"].flush_model()
        self.env.cr.execute(
            "DELETE FROM mrp_recall_line WHERE recall_id = ANY(%s)", [self.ids]
        )
        self.env["mrp.recall.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])

    def _get_found_percent(self):
        self.env.cr.execute(
            """
            SELECT avg(100 - least(100, abs(unaccounted_percent)))
              FROM mrp_recall_line
             WHERE recall_id = %s AND received_quantity > 0
            """,
            [self.id],
        )
        return self.env.cr.fetchone()[0] or 0

    def _get_lots_to_hold(self):
        lines = self.env["mrp.recall.line"]._search(
            [("recall_id", "=", self.id), ("on_hand_quantity", ">", 0)]
        )
        return self.env["stock.lot"].search(
            [
                ("id", "in", lines.subselect("lot_id")),
                ("hold_state", "in", ("released", "quarantine")),
            ]
        )

    def _compute_contacts(self):
        """Write who got what, from the events that no later edit changes."""
        self.ensure_one()
        self.env["stock.lot.distribution"].flush_model()
        self.contact_ids.filtered(lambda contact: contact.state == "open").unlink()
        known = {
            (contact.partner_id.id, contact.customer, contact.product_id.id)
            for contact in self.contact_ids
        }
        self.env["mrp.recall.contact"].create(
            [
                values
                for values in self._prepare_contacts()
                if (values["partner_id"], values["customer"], values["product_id"])
                not in known
            ]
        )

    def _prepare_contacts(self):
        self.env.cr.execute(
            """
            SELECT event.partner_id, event.customer, line.product_id,
                   sum(event.quantity) AS delivered_quantity,
                   left(string_agg(DISTINCT event.lot_name, ', '), 2000) AS lot_names
              FROM mrp_recall_line line
              JOIN stock_lot_distribution event ON event.lot_id = line.lot_id
             WHERE line.recall_id = %s AND event.company_id = %s
             GROUP BY event.partner_id, event.customer, line.product_id
            HAVING sum(event.quantity) > 0
             ORDER BY event.customer
            """,
            [self.id, self.company_id.id],
        )
        return [dict(row, recall_id=self.id) for row in self.env.cr.dictfetchall()]
