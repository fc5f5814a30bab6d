from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mrp_reason_code.tools import as_server

from ..models.mrp_output_label import PDF
from ..services.base import OPERATOR
from ..services.label import get_labels, to_zpl

REPORT = "mrp_shop_floor.report_output_label"


class ShopFloorFile(http.Controller):
    """What a phone opens beside the page: outside of its scope, so that the worker of
    the page keeps none of it.
    """

    @http.route(
        [
            "/mrp_shop_floor/label/<string:key>.pdf",
            "/mrp_shop_floor/label/<string:key>.zpl",
        ],
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def label(self, key):
        label = get_labels(request.env, key)
        if not label:
            raise request.not_found()
        if label.format != PDF:
            return self._send(to_zpl(label), f"{label.container}.zpl", "text/plain")
        # sudo: operators see no labels; this one they printed themselves
        reports = as_server(request.env["ir.actions.report"].sudo())
        content, kind = reports._render_qweb_pdf(REPORT, label.ids)
        if kind != "pdf":
            raise UserError(
                request.env._(
                    "The server has no wkhtmltopdf to make a PDF. Print ZPL, or ask an "
                    "administrator."
                )
            )
        return self._send(content, f"{label.container}.pdf", "application/pdf")

    def _send(self, content, name, kind):
        way = "inline" if kind == "application/pdf" else "attachment"
        return request.make_response(
            content,
            [
                ("Content-Type", f"{kind}; charset=utf-8"),
                ("Content-Disposition", http.content_disposition(name, way)),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route(
        "/mrp_shop_floor/photo/<string:uuid>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def photo(self, uuid):
        """A photo of a run, for those who may see its operation."""
        env = request.env
        # sudo: operators see no taps; whether they see the operation is checked next
        event = env["mrp.shop.floor.event"].sudo().search([("uuid", "=", uuid)])
        workorder = env["mrp.workorder"].search([("id", "=", event.workorder_id.id)])
        if not workorder or not env.user.has_group(OPERATOR):
            raise request.not_found()
        photo = (
            env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "mrp.production"),
                    ("res_id", "=", workorder.sudo().production_id.id),
                    ("name", "=like", f"{event.uuid}.%"),
                ],
                limit=1,
            )
        )
        if not photo:
            raise request.not_found()
        stream = env["ir.binary"]._get_stream_from(photo)
        return stream.get_response()
