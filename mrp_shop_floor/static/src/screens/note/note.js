import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatMoment } from "../../core/number";
import { shrinkPhoto, toBase64 } from "../../core/photo";

/** What is worth knowing about the run, in words or as a picture. */
export class Note extends Component {
    static template = "mrp_shop_floor.Note";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.state = useState({ text: "", preview: "", isBusy: false });
        this.photo = null;
        this.formatMoment = formatMoment;
        onWillUnmount(() => URL.revokeObjectURL(this.state.preview));
    }

    get run() {
        return this.floor.getRun();
    }

    get isAllowed() {
        const { text, preview, isBusy } = this.state;
        return !isBusy && Boolean(preview || text.trim());
    }

    async onPhoto(event) {
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) {
            return;
        }
        this.state.isBusy = true;
        const photo = await shrinkPhoto(file);
        this.state.isBusy = false;
        if (!photo) {
            this.floor.say(
                "danger",
                _t("This is no photo, or too large for this device. Take another one.")
            );
            return;
        }
        this.drop();
        this.photo = photo;
        this.state.preview = URL.createObjectURL(photo);
    }

    drop() {
        URL.revokeObjectURL(this.state.preview);
        this.photo = null;
        this.state.preview = "";
    }

    async send() {
        const { id } = this.run;
        const text = this.state.text.trim();
        this.state.isBusy = true;
        const isKept = this.photo
            ? await this.floor.tap(
                  "photo",
                  id,
                  { text, bytes: this.photo.size },
                  await toBase64(this.photo)
              )
            : await this.floor.tap("note", id, { text });
        this.state.isBusy = false;
        if (isKept) {
            this.floor.go("run", { id });
        }
    }
}
