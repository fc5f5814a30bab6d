from odoo import api, models
from odoo.tools import SQL

from .mrp_batch_record_sign import SECOND


class MrpBatchRecord(models.Model):
    """Which signatures the recipe asks for, which were given, which are missing."""

    _inherit = "mrp.batch.record"

    def _get_signatures(self):
        """What each step asks for, by the sealed recipe, and what was signed.

        :return: dict of dicts of ``needed``, ``given`` (list of ``meaning``,
            ``meaning_name``, ``name`` and ``at``) and ``pending``, per record and id of
            a step
        """
        keys = {record.key: record for record in self}
        if not keys:
            return {}
        # sudo: who may read a record may know what is signed in it
        env = self.sudo().env
        entries = env["mrp.batch.seal"]._fetch(
            SQL(
                "record_key IN %s AND kind IN ('recipe', 'signature') ORDER BY id",
                tuple(keys),
            )
        )
        names = env["mrp.batch.person"]._get_names(tuple(keys))
        found = {record: {} for record in self}
        for entry in entries:
            payload, record = self._read_payload(entry), keys[entry["key"]]
            if entry["kind"] == "recipe":
                for step in payload.get("operations", ()):
                    self._get_step(found[record], step["id"])["needed"] = step.get(
                        "signatures", []
                    )
            elif payload.get("step_id"):
                self._get_step(found[record], payload["step_id"])["given"].append(
                    {
                        "meaning": payload["meaning"],
                        "meaning_name": payload["meaning_name"],
                        "name": self._get_name(payload["by"], names),
                        "at": payload["server_time"],
                    }
                )
        for steps in found.values():
            for step in steps.values():
                step["pending"] = self._get_missing(step)
        return found

    @api.model
    def _get_step(self, steps, id_):
        return steps.setdefault(id_, {"needed": [], "given": [], "pending": []})

    @api.model
    def _get_missing(self, step):
        """:return: list of meanings nobody signed; any second person will do"""
        given = {each["meaning"] for each in step["given"]}
        if given & SECOND:
            given.add("checked")
        return [meaning for meaning in step["needed"] if meaning not in given]

    def _get_pending_signatures(self):
        """What was worked on and is not signed as the recipe asks for.

        :return: list of dicts of ``record``, ``workorder``, ``step``, ``meaning`` and
            ``meaning_name``
        """
        meanings = self._get_meanings()
        pending = []
        for record, steps in self._get_signatures().items():
            # sudo: which steps were worked on
            for workorder in record.sudo().production_id.workorder_ids:
                if workorder.state not in ("progress", "done"):
                    continue
                pending += [
                    {
                        "record": record,
                        "workorder": workorder,
                        "step": workorder.name,
                        "meaning": meaning,
                        "meaning_name": meanings[meaning],
                    }
                    for meaning in steps.get(workorder.id, {}).get("pending", ())
                ]
        return pending
