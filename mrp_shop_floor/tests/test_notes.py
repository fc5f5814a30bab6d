import base64
import hashlib
import io

from PIL import Image

from .common import ShopFloorCommon


class TestNotes(ShopFloorCommon):
    """Notes and photos go with the run into its order, and so into its record."""

    def setUp(self):
        super().setUp()
        self.token = self._sign_in()

    @staticmethod
    def _make_photo(color="red"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8), color).save(out, "JPEG")
        return out.getvalue()

    def _send_photo(self, content, text="", minutes=0, **payload):
        event = self._event(
            "photo",
            self.token,
            payload={
                "text": text,
                "bytes": len(content),
                **payload,
            },
            minutes=minutes,
            photo=base64.b64encode(content).decode(),
        )
        return event, self._send(event)[0]

    def _get_files(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "mrp.production"), ("res_id", "=", self.order.id)]
        )

    def test_note(self):
        payload = {"text": "Blade <b>dull</b>"}
        self.assertState(self._tap("note", self.token, payload=payload), "done")
        message = self.order.message_ids[0]
        self.assertIn("Blade &lt;b&gt;dull", message.body)
        self.assertEqual(message.author_id, self.anna_user.partner_id)
        note = self._get_run(self.token)["data"]["run"]["notes"][0]
        self.assertEqual((note["text"], note["by"]), ("Blade <b>dull</b>", "Anna"))
        empty = self._tap("note", self.token, payload={"text": " "})
        self.assertState(empty, "refused")

    def test_photo(self):
        content = self._make_photo()
        event, result = self._send_photo(content, "Crack in the mould")
        self.assertState(result, "done")
        photo = self._get_files()
        self.assertEqual(photo.raw, content)
        self.assertEqual(self.order.message_ids[0].attachment_ids, photo)
        self.assertEqual(self._send(event)[0], result)
        self.assertEqual(len(self._get_files()), 1)
        self.assertNotIn("photo", self._find(result).payload)

    def test_in_the_record(self):
        """The batch record names both, the file by its hash."""
        content = self._make_photo("blue")
        self._tap("note", self.token, payload={"text": "Blade dull"})
        self._send_photo(content)
        records = self.env["mrp.batch.record"].new({"production_id": self.order.id})
        section = records._prepare_section_notes()[records]
        self.assertEqual(
            [file["sha256"] for file in section["files"]],
            [hashlib.sha256(content).hexdigest()],
        )
        self.assertIn("Blade dull", section["notes"][0]["text"])

    def test_bad_photos(self):
        _event, result = self._send_photo(b"no photo at all")
        self.assertState(result, "refused", "no photo")
        _event, result = self._send_photo(b"\xff\xd8\xff\xe0" + b"0" * 3200000)
        self.assertState(result, "refused", "too large")
        _event, result = self._send_photo(self._make_photo(), bytes=5)
        self.assertState(result, "refused", "damaged")
        lost = self._tap("photo", self.token, payload={"bytes": 0})
        self.assertState(lost, "refused", "did not arrive")
        self.assertFalse(self._get_files())

    def test_closed_meanwhile(self):
        """The photo waits with its tap for a supervisor."""
        self._complete(self.order)
        _event, result = self._send_photo(self._make_photo(), minutes=30)
        self.assertState(result, "exception", "is closed")
        kept = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "mrp.shop.floor.event"),
                ("res_id", "=", self._find(result).id),
            ]
        )
        self.assertEqual(kept.raw, self._make_photo())
        self.assertEqual(base64.b64decode(self._find(result).photo), kept.raw)
