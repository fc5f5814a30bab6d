// taps are sent one batch after another
/* eslint-disable no-await-in-loop */
export const PENDING = "pending";
const BATCH = 20;
const KEPT = 40;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

/** Sends what is on the device: in order, in one tab at a time, until it is answered. */
export class Sender {
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
            const told = await Promise.all(batch.map((event) => this._tell(event)));
            const results = await this.post(told, this.now());
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
            if (event.has_photo && batch.length) {
                break;
            }
            batch.push(event);
            // a photo goes alone: a slow network carries the taps before it first
            if (batch.length === BATCH || event.has_photo) {
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
            await this._dropPhotos(answered);
        }
        if (answered.length < batch.length) {
            throw new Error("taps without an answer");
        }
        await this.load();
    }

    async _tell(event) {
        const told = strip(event);
        return event.has_photo
            ? { ...told, photo: (await this.store.getPhoto(event.uuid)) || "" }
            : told;
    }

    /** The server has them, or nobody wants them any more. */
    async _dropPhotos(events) {
        const withPhoto = events.filter((event) => event.has_photo);
        if (withPhoto.length) {
            await this.store.removePhotos(withPhoto);
        }
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
