import { whenReady } from "@odoo/owl";
import { mountComponent } from "@web/env";
import { ShopFloor } from "./app/shop_floor";

export async function startShopFloor() {
    await whenReady();
    if ("serviceWorker" in navigator) {
        const options = { scope: "/shop_floor" };
        // without it the page works, but does not open without network
        navigator.serviceWorker
            .register("/shop_floor/service-worker.js", options)
            .catch((error) => console.warn(error));
    }
    navigator.storage?.persist?.();
    return mountComponent(ShopFloor, document.body);
}

startShopFloor();
