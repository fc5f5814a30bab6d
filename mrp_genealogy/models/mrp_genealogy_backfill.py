from odoo import api, fields, models

RUNS_AT_ONCE = 500
LINES_AT_ONCE = 5000
# what the installation does itself; more is left to the scheduled action
RUNS_AT_INSTALL = 2000


class MrpGenealogyBackfill(models.Model):
    """How far the genealogy of what was made before the installation is written.

    Every step is written with the place it reached, so that it goes on from there after
    whatever interrupts it; doing a step twice changes nothing.
    """

    _name = "mrp.genealogy.backfill"
    _description = "Genealogy of Earlier Production"

    name = fields.Char(compute="_compute_name")
    production_id_done = fields.Integer(readonly=True)
    production_id_last = fields.Integer(readonly=True)
    unbuild_id_done = fields.Integer(readonly=True)
    unbuild_id_last = fields.Integer(readonly=True)
    line_id_done = fields.Integer(readonly=True)
    line_id_last = fields.Integer(readonly=True)
    progress = fields.Float(compute="_compute_progress")
    state = fields.Selection(
        [("running", "Running"), ("done", "Done")], compute="_compute_progress"
    )
    end_date = fields.Datetime(string="Ended", readonly=True)

    def _compute_name(self):
        self.name = self.env._("Genealogy of earlier production")

    @api.depends("production_id_done", "unbuild_id_done", "line_id_done")
    def _compute_progress(self):
        for backfill in self:
            done, total = backfill._get_done(), backfill._get_total()
            backfill.progress = 100 * done / total if total else 100
            backfill.state = "done" if done >= total else "running"

    def _get_done(self):
        return self.production_id_done + self.unbuild_id_done + self.line_id_done

    def _get_total(self):
        return self.production_id_last + self.unbuild_id_last + self.line_id_last

    @api.model
    def _start(self):
        """Note what there is; do it now when it is little."""
        self.env.cr.execute(
            """
            SELECT (SELECT max(id) FROM mrp_production) AS production_id_last,
                   (SELECT max(id) FROM mrp_unbuild) AS unbuild_id_last,
                   (SELECT max(id) FROM stock_move_line) AS line_id_last
            """
        )
        last = self.env.cr.dictfetchone()
        backfill = self.create({key: value or 0 for key, value in last.items()})
        if backfill.production_id_last <= RUNS_AT_INSTALL:
            while backfill._do_step():
                pass
        else:
            self.env.ref("mrp_genealogy.ir_cron_backfill")._trigger()
        return backfill

    @api.model
    def _cron_continue(self):
        """Go on where it stopped, step by step, as long as there is time."""
        cron = self.env["ir.cron"]
        for backfill in self.search([("end_date", "=", False)]):
            while backfill._do_step():
                left = backfill._get_total() - backfill._get_done()
                if not cron._commit_progress(processed=1, remaining=max(left, 1)):
                    return
        cron._commit_progress(remaining=0)

    def action_continue(self):
        """Start the scheduled action now."""
        # sudo: scheduled actions belong to the administrator
        self.env.ref("mrp_genealogy.ir_cron_backfill").sudo()._trigger()

    def _do_step(self):
        """Write the next part.

        :return: whether something is left
        """
        self.ensure_one()
        step = (
            self._do_runs("production_id", "mrp_production", "productions")
            or self._do_runs("unbuild_id", "mrp_unbuild", "unbuilds")
            or self._do_distribution()
        )
        if not step and not self.end_date:
            self.end_date = fields.Datetime.now()
        return step

    def _do_runs(self, field, table, argument):
        ids = self._get_next_ids(field, table, RUNS_AT_ONCE)
        if ids:
            model = self.env[table.replace("_", ".")]
            self.env["mrp.genealogy.edge"]._write_edges(**{argument: model.browse(ids)})
        return self._note(field, ids)

    def _do_distribution(self):
        ids = self._get_next_ids("line_id", "stock_move_line", LINES_AT_ONCE)
        if ids:
            self._record_deliveries(ids)
        return self._note("line_id", ids)

    def _note(self, field, ids):
        """:return: whether there was something to do"""
        last = self[f"{field}_last"]
        self[f"{field}_done"] = ids[-1] if ids else last
        self.flush_recordset()
        return bool(ids)

    def _get_next_ids(self, field, table, limit):
        # sudo: the past of every company is written
        model = self.env[table.replace("_", ".")].sudo().with_context(active_test=False)
        return model.search(
            [("id", ">", self[f"{field}_done"]), ("id", "<=", self[f"{field}_last"])],
            order="id",
            limit=limit,
        ).ids

    def _record_deliveries(self, line_ids):
        """Write who got what for lines posted earlier that no event is known of."""
        lines = (
            self.env["stock.move.line"]
            .sudo()  # sudo: the past of every company is written
            .search(
                [
                    ("id", "in", line_ids),
                    ("state", "=", "done"),
                    ("lot_id", "!=", False),
                    "|",
                    ("location_id.usage", "=", "customer"),
                    ("location_dest_id.usage", "=", "customer"),
                ]
            )
        )
        known = {
            (event.lot_id.id, event.picking_id.id)
            for event in self.env["stock.lot.distribution"]
            .sudo()  # sudo: the past of every company is written
            .search([("lot_id", "in", lines.lot_id.ids)])
        }
        lines.filtered(
            lambda line: (line.lot_id.id, line.picking_id.id) not in known
        )._record_distribution()
