// @odoo-module ignore

// The page without network. Taps are not its business: the page keeps them itself.
const CACHE = "shop-floor-1";
const PAGE = "/shop_floor";
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(
        fetch(PAGE).then(async (response) => {
            if (isPage(response)) {
                await keep(PAGE, response);
            }
        })
    );
});

self.addEventListener("activate", (event) => {
    event.waitUntil(
        caches
            .keys()
            .then((names) =>
                Promise.all(
                    names
                        .filter(
                            (name) => name.startsWith("shop-floor-") && name !== CACHE
                        )
                        .map((name) => caches.delete(name))
                )
            )
            .then(() => self.clients.claim())
    );
});

/** Not the login page of a session that has expired. */
function isPage(response) {
    return response.ok && !response.redirected;
}

async function keep(key, response) {
    const cache = await caches.open(CACHE);
    await cache.put(key, response);
    if (key === PAGE) {
        await forgetOldAssets(cache);
    }
}

/** Assets have new names when they change: what the page does not name goes. */
async function forgetOldAssets(cache) {
    const page = await (await cache.match(PAGE)).text();
    const old = (await cache.keys()).filter((request) => {
        const { pathname } = new URL(request.url);
        const isBundle = /\/web\/assets\/.*\/mrp_shop_floor\.assets\./.test(pathname);
        return isBundle && !page.includes(pathname);
    });
    await Promise.all(old.map((request) => cache.delete(request)));
}

function withPatience(promise) {
    return Promise.race([
        promise,
        new Promise((_resolve, reject) =>
            setTimeout(() => reject(new Error("slow")), PATIENCE)
        ),
    ]);
}

async function openPage(request) {
    const cache = await caches.open(CACHE);
    try {
        const response = await withPatience(fetch(request));
        if (isPage(response)) {
            await keep(PAGE, response.clone());
        } else if (response.status >= 500) {
            // a proxy answers for a server that is down
            throw new Error(response.statusText);
        }
        return response;
    } catch (error) {
        const known = await cache.match(PAGE);
        if (known) {
            return known;
        }
        throw error;
    }
}

async function cacheFirst(request) {
    const cache = await caches.open(CACHE);
    const known = await cache.match(request);
    if (known) {
        return known;
    }
    const response = await fetch(request);
    if (response.ok) {
        await cache.put(request, response.clone());
    }
    return response;
}

async function networkFirst(request) {
    const cache = await caches.open(CACHE);
    try {
        const response = await fetch(request);
        if (isPage(response)) {
            await cache.put(request, response.clone());
        }
        return response;
    } catch (error) {
        const known = await cache.match(request);
        if (known) {
            return known;
        }
        throw error;
    }
}

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (request.mode === "navigate") {
        event.respondWith(openPage(request));
    } else if (url.pathname.startsWith("/web/assets/")) {
        event.respondWith(cacheFirst(request));
    } else if (
        /^\/(web\/(static|image|content|bundle)|mrp_shop_floor\/static)\//.test(
            url.pathname
        ) ||
        url.pathname === "/shop_floor/translations"
    ) {
        event.respondWith(networkFirst(request));
    }
});
