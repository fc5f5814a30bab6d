// taps are sent one batch after another
/* eslint-disable no-await-in-loop */
import { makeUuid } from "../core/uuid";

export const PENDING = "pending";
export const WITHDRAWN = "withdrawn";
const BATCH = 20;
const KEPT = 40;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

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
export class Outbox {
    constructor({ store, post, lock, user, onChange, now = () => Date.now() }) {
        Object.assign(this, { store, post, lock, user, onChange, now });
        this.events = [];
        this.error = null;
        this.wait = FIRST_WAIT;
        this.timer = null;
        this.sending = null;
    }

    async load() {
        this.events = await this.store.getEvents();
        this.onChange();
    }

    get pending() {
        return this.events.filter((event) => event.state === PENDING);
    }

    /** What this session can send. */
    get own() {
        return this.pending.filter((event) => event.user === this.user);
    }

    /**
     * @param {object} tap kind, workorder_id, token, operator_id, payload
     * @param {number} [hold] milliseconds within which it is not sent but can be undone
     * @returns {Promise<object>} the event, once it is on disk
     */
    async record(tap, hold = 0) {
        await this._releaseHeld();
        const now = this.now();
        const event = {
            ...tap,
            user: this.user,
            uuid: makeUuid(),
            device_date: now,
            state: PENDING,
            hold_until: hold ? now + hold : 0,
        };
        event.sequence = await this.store.addEvent(event);
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
            await this.load();
            return true;
        });
    }

    /** Send what is pending, in order; one after another, in one tab at a time. */
    send() {
        clearTimeout(this.timer);
        if (this.sending) {
            this.again = true;
            return this.sending;
        }
        this.again = false;
        this.sending = this.lock(() => this._sendAll())
            .catch((error) => this._retryLater(error))
            .finally(() => {
                this.sending = null;
                return this.again ? this.send() : null;
            });
        return this.sending;
    }

    async _sendAll() {
        for (;;) {
            const batch = await this._getBatch();
            if (!batch.length) {
                break;
            }
            // an answer that is lost does not make it unsent
            batch.forEach((event) => (event.tried = true));
            await this.store.updateEvents(batch);
            const results = await this.post(batch.map(strip), this.now());
            await this._settle(batch, results);
        }
        this.error = null;
        this.wait = FIRST_WAIT;
        await this._forget();
        await this.load();
    }

    /** The next events that may be sent, from the store: other tabs tap, too. */
    async _getBatch() {
        const now = this.now();
        const batch = [];
        for (const event of await this.store.getEvents()) {
            if (event.state !== PENDING || event.user !== this.user) {
                continue;
            }
            if (event.hold_until > now) {
                this._schedule(event.hold_until - now);
                break;
            }
            batch.push(event);
            if (batch.length === BATCH) {
                break;
            }
        }
        return batch;
    }

    async _settle(batch, results) {
        const byUuid = new Map(results.map((result) => [result.uuid, result]));
        const answered = batch.filter((event) => byUuid.has(event.uuid));
        for (const event of answered) {
            const { state, message } = byUuid.get(event.uuid);
            Object.assign(event, { state, message, answered: this.now() });
        }
        if (answered.length) {
            await this.store.updateEvents(answered);
        }
        if (answered.length < batch.length) {
            throw new Error("taps without an answer");
        }
        await this.load();
    }

    async _forget() {
        const settled = (await this.store.getEvents()).filter(
            (event) => event.state !== PENDING
        );
        const old = settled.slice(0, -KEPT);
        if (old.length) {
            await this.store.removeEvents(old);
        }
    }

    _retryLater(error) {
        this.error = error;
        this._schedule(this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
        this.onChange();
    }

    _schedule(delay) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.send(), delay);
    }
}

function strip(event) {
    const { uuid, sequence, kind, token, workorder_id, payload, device_date } = event;
    return { uuid, sequence, kind, token, workorder_id, payload, device_date };
}
