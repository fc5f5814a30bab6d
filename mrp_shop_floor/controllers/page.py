from urllib.parse import urlencode

from odoo import http
from odoo.http import request
from odoo.tools import file_open

from odoo.addons.web.controllers.webclient import WebClient

from ..services.base import OPERATOR

ROUTES = ["/shop_floor", "/shop_floor/wo/<int:workorder_id>"]
APP = {"app_id": "mrp_shop_floor", "path": "/shop_floor", "app_name": "Shop Floor"}
LANG_COOKIE = "shop_floor_lang"
MODULES = ["web", "barcodes", "mrp_shop_floor"]


class ShopFloorPage(http.Controller):
    """The light page of the phone, and what makes it work without network."""

    @http.route(ROUTES, type="http", auth="user", methods=["GET"], readonly=True)
    def page(self, **_kw):
        if not request.env.user.has_group(OPERATOR):
            return request.render("mrp_shop_floor.not_allowed", status=403)
        response = request.render(
            "mrp_shop_floor.page",
            {
                "lang": self._get_lang(),
                "manifest_url": f"/web/manifest.scoped_app_manifest?{urlencode(APP)}",
                "session_info": self._get_session_info(),
            },
        )
        # another operator may have signed in meanwhile: the worker keeps its own copy
        response.headers["Cache-Control"] = "no-store"
        return response

    def _get_lang(self):
        """:return: language of the operator on the device, else the user's"""
        installed = dict(request.env["res.lang"].get_installed())
        wanted = request.httprequest.cookies.get(LANG_COOKIE)
        return wanted if wanted in installed else request.env.user.lang or "en_US"

    def _get_session_info(self):
        """:return: what core's front end needs, and nothing about the user"""
        full = request.env["ir.http"].get_frontend_session_info()
        info = {
            key: full[key]
            for key in ("registry_hash", "bundle_params", "test_mode", "uid")
            if key in full
        }
        lang = self._get_lang()
        info["bundle_params"] = {**info.get("bundle_params", {}), "lang": lang}
        return info | {
            "user_context": {"lang": lang, "tz": request.env.user.tz},
            "translationURL": "/shop_floor/translations",
        }

    @http.route("/shop_floor/translations", type="http", auth="user", readonly=True)
    def translations(self, lang=None, **kw):
        """Terms of the page alone: the web client's are larger than the page."""
        return WebClient().translations(
            hash=kw.get("hash"), mods=",".join(MODULES), lang=lang
        )

    @http.route(
        "/shop_floor/service-worker.js",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
    )
    def service_worker(self):
        """Public, as browsers ask for it anew when the session is over: a file that is
        the same for everybody.
        """
        with file_open("mrp_shop_floor/static/src/service_worker.js") as file:
            content = file.read()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/javascript"),
                ("Service-Worker-Allowed", "/shop_floor"),
                ("Cache-Control", "no-cache"),
            ],
        )
