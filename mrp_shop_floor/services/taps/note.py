from markupsafe import Markup

from odoo.exceptions import UserError

from .base import Tap, TapRefused, tap

MOST_TEXT = 2000


class NoteTap(Tap):
    """What somebody noted about the run, kept with its order."""

    def _get_text(self):
        text = self.payload.get("text")
        return text.strip()[:MOST_TEXT] if isinstance(text, str) else ""

    def _check_order_open(self):
        order = self.workorder.production_id
        if order.state in ("draft", "done", "cancel"):
            raise UserError(
                self.env._(
                    "%(order)s is closed: its record takes no more notes from the "
                    "floor. Write it on the order in Odoo.",
                    order=order.display_name,
                )
            )

    def _post(self, text, attachments=None):
        operator = self.operator
        author = operator.user_id.partner_id or operator.work_contact_id
        body = Markup("<b>%s</b><br/>%s") % (self.workorder.name, text)
        # a note is no message to anybody: nobody is told by mail
        self.workorder.production_id.message_post(
            body=body,
            author_id=author.id or None,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            attachment_ids=attachments.ids if attachments else None,
        )


@tap
class Note(NoteTap):
    kind = "note"

    def apply(self):
        text = self._get_text()
        if not text:
            raise TapRefused(self.env._("Write something."))
        self._check_order_open()
        self._post(text)
        return {}


@tap
class Photo(NoteTap):
    kind = "photo"
    takes_photo = True

    def apply(self):
        photo = self.attachment
        if not photo:
            raise TapRefused(self.env._("The photo did not arrive. Take it again."))
        if photo.file_size != self.payload.get("bytes"):
            raise TapRefused(self.env._("The photo arrived damaged. Take it again."))
        self._check_order_open()
        order = self.workorder.production_id
        photo.write({"res_model": order._name, "res_id": order.id})
        self._post(self._get_text(), photo)
        return {}
