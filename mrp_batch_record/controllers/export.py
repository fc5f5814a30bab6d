import json

from odoo import http
from odoo.http import content_disposition, request


class BatchRecordController(http.Controller):
    @http.route("/mrp_batch_record/export", type="http", auth="user", readonly=True)
    def export(self, records=None):
        """Give what is sealed, as a file that is verified without Odoo.

        :param str records: ids, with commas between; without, all of the company
        """
        model = request.env["mrp.batch.record"]
        if records:
            ids = [int(part) for part in records.split(",") if part.isdigit()]
            chosen = model.browse(ids).exists()
            if not chosen:
                raise request.not_found()
            chosen.check_access("read")
            content, name = chosen._get_export(), chosen[0].name
        else:
            request.env["mrp.batch.anchor"]._check_may_see()
            company = request.env.company
            content, name = model._get_company_export(company), company.name
        return request.make_response(
            json.dumps(content, ensure_ascii=False, indent=1),
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                (
                    "Content-Disposition",
                    content_disposition(f"{name.replace('/', '-')}.json"),
                ),
            ],
        )
