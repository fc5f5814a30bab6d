import { makeUuid } from "../core/uuid";
import { PENDING, Sender } from "./sender";

export { PENDING };
export const WITHDRAWN = "withdrawn";

/**
 * Every tap is an event: stored on the device first, sent in order, applied once.
 *
 * States: `pending` (on the device only), then what the server made of it: `done`,
 * `refused` (nothing happened) or `exception` (a supervisor settles it). `withdrawn`
 * was undone before it was sent.
 *
 * @param {object} options
 * @param {EventStore} options.store
 * @param {(events: object[], deviceNow: number) => Promise<object[]>} options.post
 * @param {(work: Function) => Promise} options.lock
 * @param {number} options.user whose session it is: taps of others wait for theirs
 * @param {() => void} options.onChange
 * @param {() => number} [options.now]
 */
export class Outbox extends Sender {
    /**
     * @param {object} tap kind, workorder_id, token, operator_id, payload
     * @param {number} [hold] milliseconds within which it is not sent but can be undone
     * @param {string} [photo] base64
     * @returns {Promise<object>} the event, once it is on disk
     */
    async record(tap, hold = 0, photo = undefined) {
        await this._releaseHeld();
        const now = this.now();
        const event = {
            ...tap,
            user: this.user,
            uuid: makeUuid(),
            device_date: now,
            state: PENDING,
            hold_until: hold ? now + hold : 0,
            has_photo: Boolean(photo),
        };
        event.sequence = await this.store.addEvent(event, photo);
        this.events.push(event);
        this.onChange();
        this.send();
        return event;
    }

    /** Whoever goes on tapping does not undo what was before. */
    async _releaseHeld() {
        const held = this.pending.filter((event) => event.hold_until);
        if (held.length) {
            held.forEach((event) => (event.hold_until = 0));
            await this.store.updateEvents(held);
        }
    }

    /**
     * Undo what was not sent yet.
     *
     * @returns {Promise<boolean>} false when it is too late: the server has to undo it
     */
    async withdraw(uuid) {
        return this.lock(async () => {
            const stored = await this.store.getEvents();
            const event = stored.find((one) => one.uuid === uuid);
            if (event?.state !== PENDING || event.tried) {
                return false;
            }
            event.state = WITHDRAWN;
            await this.store.updateEvents([event]);
            await this._dropPhotos([event]);
            await this.load();
            return true;
        });
    }
}
