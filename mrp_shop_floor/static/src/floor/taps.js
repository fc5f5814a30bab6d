import { markRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { ask } from "./api";
import { Work } from "./work";

export const UNDO = 10000;
/** Kinds that can not be undone on the server wait on the device. */
const HELD = new Set(["finish", "note", "photo"]);
const UNDOABLE = new Set([...HELD, "start", "pause", "block", "declare", "issue"]);
/** What a slow network needs for a photo. */
const PHOTO_PATIENCE = 90000;

/** What was tapped, and what the server made of it. */
export class Taps extends Work {
    events = markRaw([]);
    undoable = null;

    /**
     * @param {string} kind
     * @param {number} workorderId
     * @param {object} payload
     * @param {string} [photo] base64
     * @returns {Promise<boolean>} whether it is on the device's disk
     */
    async tap(kind, workorderId, payload = {}, photo = undefined) {
        const { id, token } = this.operator;
        const tap = {
            kind,
            workorder_id: workorderId,
            operator_id: id,
            token,
            payload,
        };
        try {
            const hold = HELD.has(kind) ? UNDO : 0;
            const event = await this.outbox.record(tap, hold, photo);
            this.undoable = UNDOABLE.has(kind)
                ? { uuid: event.uuid, kind, workorderId, until: Date.now() + UNDO }
                : null;
            return true;
        } catch {
            this.say(
                "danger",
                photo
                    ? _t(
                          "This device is full: the photo was NOT kept. Free some storage."
                      )
                    : _t("This device is full: the tap was NOT recorded.")
            );
            return false;
        }
    }

    /** @param {object} tap uuid, kind, workorderId; by default the one before */
    async undo({ uuid, kind, workorderId } = this.undoable) {
        this.undoable = null;
        if (await this.outbox.withdraw(uuid)) {
            return;
        }
        if (HELD.has(kind)) {
            this.say("warning", _t("It is too late to undo this. Ask a supervisor."));
            return;
        }
        const event = this.events.find((one) => one.uuid === uuid);
        if (event) {
            event.undone = true;
            await this.store.updateEvents([JSON.parse(JSON.stringify(event))]);
        }
        await this.tap("undo", workorderId, { uuid });
    }

    async post(events, now) {
        const answer = await ask(
            "events/send",
            { device: this.device, events, device_now: now },
            events.some((event) => event.photo) ? PHOTO_PATIENCE : undefined
        );
        this.network = "online";
        if (!answer.data.results) {
            throw new Error(answer.message?.text || "no results");
        }
        this.onResults(answer.data.results);
        return answer.data.results;
    }

    onResults(results) {
        const refused = results.find((result) => result.state === "refused");
        const kept = results.find((result) => result.state === "exception");
        if (refused) {
            this.say("danger", refused.message);
        } else if (kept) {
            this.say("warning", _t("A supervisor settles it: %s", kept.message));
        }
        const uuids = new Set(results.map((result) => result.uuid));
        const touched = this.events.filter((event) => uuids.has(event.uuid));
        this.stale = new Set(touched.map((event) => event.workorder_id));
    }

    onOutboxChange() {
        this.events = markRaw([...this.outbox.events]);
        const { error } = this.outbox;
        if (error) {
            this.onFailure(error);
        }
        if (this.stale?.size && !this.outbox.own.length) {
            this.refreshStale();
        }
    }

    async refreshStale() {
        const stale = [...this.stale];
        this.stale = null;
        if (this.screen === "my_work") {
            await this.loadWork();
            return;
        }
        const shown = this.params.id;
        if (stale.includes(shown)) {
            await this.loadRun(shown);
        }
    }
}
