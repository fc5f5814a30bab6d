// waiting is one try after another
/* eslint-disable no-await-in-loop */
import { makeUuid } from "../core/uuid";

const KEY = "mrp_shop_floor_sender";
const LEASE = 30000;
const WAIT = 500;

/**
 * Only one tab sends at a time.
 *
 * @param {EventStore} store
 * @returns {(work: () => Promise) => Promise}
 */
export function makeLock(store) {
    if (navigator.locks) {
        return (work) => navigator.locks.request(KEY, work);
    }
    // without HTTPS there are no web locks
    const owner = makeUuid();
    return async (work) => {
        while (!(await store.lease(KEY, owner, Date.now() + LEASE))) {
            await new Promise((resolve) => setTimeout(resolve, WAIT));
        }
        try {
            return await work();
        } finally {
            await store.lease(KEY, owner, 0);
        }
    };
}
