const VERSION = 2;

function promisify(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/**
 * What the device keeps: taps until the server has them, and what was read last.
 * Written to disk before a tap counts.
 */
export class EventStore {
    constructor(name = "mrp_shop_floor") {
        this.name = name;
        this.db = null;
    }

    async open() {
        if (this.db) {
            return this.db;
        }
        const request = indexedDB.open(this.name, VERSION);
        request.onupgradeneeded = ({ oldVersion }) => {
            const db = request.result;
            if (oldVersion < 1) {
                db.createObjectStore("events", {
                    keyPath: "sequence",
                    autoIncrement: true,
                });
                db.createObjectStore("memory");
            }
            db.createObjectStore("photos");
        };
        this.db = await promisify(request);
        this.db.onversionchange = () => this.close();
        return this.db;
    }

    close() {
        this.db?.close();
        this.db = null;
    }

    /**
     * @param {string|string[]} tables the first is the one that is worked on
     * @param {"readonly"|"readwrite"} mode
     * @param {(store: IDBObjectStore, transaction: IDBTransaction) => IDBRequest} work
     * @returns {Promise<any>} the result, once it is on disk
     */
    async run(tables, mode, work) {
        const db = await this.open();
        const options = mode === "readwrite" ? { durability: "strict" } : {};
        const transaction = db.transaction(tables, mode, options);
        const written = new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onabort = () => reject(transaction.error);
            transaction.onerror = () => reject(transaction.error);
        });
        const store = transaction.objectStore([tables].flat()[0]);
        const request = work(store, transaction);
        const [result] = await Promise.all([request && promisify(request), written]);
        return result;
    }

    /**
     * @param {object} event
     * @param {string} [photo] that belongs to it: both are on disk, or neither
     * @returns {Promise<number>} its place in the order of taps
     */
    addEvent(event, photo) {
        const tables = photo ? ["events", "photos"] : "events";
        return this.run(tables, "readwrite", (store, transaction) => {
            if (photo) {
                transaction.objectStore("photos").put(photo, event.uuid);
            }
            return store.add(event);
        });
    }

    /** @returns {Promise<string>} base64 */
    getPhoto(uuid) {
        return this.run("photos", "readonly", (store) => store.get(uuid));
    }

    removePhotos(events) {
        return this.run("photos", "readwrite", (store) => {
            events.forEach((event) => store.delete(event.uuid));
        });
    }

    updateEvents(events) {
        return this.run("events", "readwrite", (store) => {
            let request = null;
            for (const event of events) {
                request = store.put(event);
            }
            return request;
        });
    }

    removeEvents(events) {
        return this.run("events", "readwrite", (store) => {
            let request = null;
            for (const event of events) {
                request = store.delete(event.sequence);
            }
            return request;
        });
    }

    /** @returns {Promise<object[]>} in the order of taps */
    getEvents() {
        return this.run("events", "readonly", (store) => store.getAll());
    }

    read(key) {
        return this.run("memory", "readonly", (store) => store.get(key));
    }

    write(key, value) {
        return this.run("memory", "readwrite", (store) => store.put(value, key));
    }

    /**
     * Take a lease unless somebody else has one.
     *
     * @param {string} key
     * @param {string} owner
     * @param {number} until in milliseconds
     * @returns {Promise<boolean>}
     */
    async lease(key, owner, until) {
        let taken = false;
        await this.run("memory", "readwrite", (store) => {
            const request = store.get(key);
            request.addEventListener("success", () => {
                const known = request.result;
                if (!known || known.owner === owner || known.until < Date.now()) {
                    store.put({ owner, until }, key);
                    taken = true;
                }
            });
            return request;
        });
        return taken;
    }
}
