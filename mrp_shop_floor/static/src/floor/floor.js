import { markRaw } from "@odoo/owl";
import { user } from "@web/core/user";
import { makeUuid } from "../core/uuid";
import { makeLock } from "../outbox/lock";
import { Outbox } from "../outbox/outbox";
import { Taps } from "./taps";

/** What the page knows and does; screens show it. */
export class Floor extends Taps {
    constructor(store) {
        super();
        this.store = markRaw(store);
        this.lock = markRaw(makeLock(store));
    }

    /** @param {Floor} floor this one, reactive */
    bind(floor) {
        this.outbox = markRaw(
            new Outbox({
                store: this.store,
                lock: this.lock,
                user: user.userId,
                post: (events, now) => floor.post(events, now),
                onChange: () => floor.onOutboxChange(),
            })
        );
    }

    async start() {
        this.device = (await this.store.read("device")) || makeUuid();
        await this.store.write("device", this.device);
        const signedIn = (await this.store.read("signed_in")) || [];
        this.signedIn = signedIn.filter((one) => new Date(one.until) > new Date());
        this.operatorId = (await this.store.read("operator")) || this.signedIn[0]?.id;
        this.workcenterId = (await this.store.read("workcenter")) || false;
        await this.outbox.load();
        await this.recall();
        await this.refreshSignIn();
        this.outbox.send();
        const target = /\/wo\/(\d+)$/.exec(window.location.pathname)?.[1];
        if (!this.operator) {
            this.go("sign_in");
        } else if (target) {
            await this.openRun(Number(target));
        } else {
            await this.goWork();
        }
    }
}
