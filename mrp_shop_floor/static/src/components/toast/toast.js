import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const SHOWN = 8000;

/** What was just tapped, with undo, and what the server said. */
export class Toast extends Component {
    static template = "mrp_shop_floor.Toast";
    static props = {};

    setup() {
        this.floor = useState(useService("shop_floor"));
        this.timer = useState({ left: 0 });
        useEffect(
            (undoable) => {
                if (!undoable) {
                    return undefined;
                }
                const tick = () => {
                    this.timer.left = Math.ceil((undoable.until - Date.now()) / 1000);
                    if (this.timer.left <= 0 && this.floor.undoable === undoable) {
                        this.floor.undoable = null;
                    }
                };
                tick();
                const timer = setInterval(tick, 500);
                return () => clearInterval(timer);
            },
            () => [this.floor.undoable]
        );
        useEffect(
            (message) => {
                if (!message || message.kind === "danger") {
                    return undefined;
                }
                const timer = setTimeout(() => {
                    if (this.floor.message === message) {
                        this.floor.message = null;
                    }
                }, SHOWN);
                return () => clearTimeout(timer);
            },
            () => [this.floor.message]
        );
    }

    get text() {
        return {
            start: _t("Started"),
            pause: _t("Paused"),
            finish: _t("Finished"),
            block: _t("Blocked"),
            declare: _t("Declared"),
            issue: _t("Material used"),
            note: _t("Noted"),
            photo: _t("Photo kept"),
        }[this.floor.undoable.kind];
    }

    get icon() {
        const { kind } = this.floor.message;
        return (
            { danger: "fa-times-circle", success: "fa-check" }[kind] || "fa-info-circle"
        );
    }
}
