// a tour taps one key after another
/* eslint-disable no-await-in-loop */
import { addTour, find, findNone, pause, tap } from "./runner";

async function open(screen) {
    await tap(`.o_sf_supervisor .o_sf_line[data-screen='${screen}']`);
}

async function back() {
    await tap(".o_sf_back");
    await find(".o_sf_supervisor");
}

function point(target, kind, clientY) {
    const options = { bubbles: true, pointerId: 1, pointerType: "touch", clientY };
    target.dispatchEvent(new PointerEvent(kind, options));
}

/** Drag a row by its handle over another one, as a finger does. */
async function drag(text, over) {
    const row = await find(".o_sf_drag_row", text);
    const target = await find(".o_sf_drag_row", over);
    const handle = row.querySelector(".o_sf_handle");
    handle.setPointerCapture = () => {};
    const box = target.getBoundingClientRect();
    const start = row.getBoundingClientRect().top + 10;
    point(handle, "pointerdown", start);
    await pause();
    for (let step = 1; step <= 5; step++) {
        const end = start < box.top ? box.bottom - 4 : box.top + 4;
        point(handle, "pointermove", start + ((end - start) * step) / 5);
        await pause();
    }
    point(handle, "pointerup", box.top);
    await pause();
}

function names() {
    return [...document.querySelectorAll(".o_sf_drag_row")].map((row) =>
        ["30", "20", "10"].find((quantity) => row.textContent.includes(`${quantity} `))
    );
}

/** A supervisor's round: who waits, what stands, what comes next. */
addTour("mrp_shop_floor_supervisor", async () => {
    await find(".o_sf_supervise.o_sf_urgent", "waiting");
    await tap(".o_sf_supervise");

    await open("helping");
    await find(".o_sf_card", "It smokes");
    await tap(".o_sf_answer", "I am coming.");
    await find(".o_sf_center", "Nobody waits");
    await back();

    await open("deciding");
    await find(".o_sf_why", "Slicer");
    await tap(".o_sf_approve");
    await tap(".o_sf_reason", "Reason T-OV");
    await find(".o_sf_center", "Nobody waits");
    await back();

    await open("unblocking");
    await tap(".o_sf_unblock");
    await find(".o_sf_center", "Everything can run");
    await back();

    await open("explaining");
    await tap(".o_sf_explain");
    await tap(".o_sf_reason", "Reason T-DT");
    await find(".o_sf_center", "Every stop has its reason");
    await back();

    await open("lateness");
    await find(".o_sf_late", "late");
    await back();

    await open("crew");
    await find(".o_sf_card.o_sf_running", "floor-anna");
    await back();

    await open("queue");
    const places = await find("select");
    const saw = [...places.options].find((one) => one.text.includes("Saw"));
    places.value = saw.value;
    places.dispatchEvent(new Event("change", { bubbles: true }));
    await find(".o_sf_drag_row strong", "Cut");
    await drag("30 ", "10 ");
    await find(".o_sf_unsort");
    if (names()[0] !== "30") {
        throw new Error(`not dragged: ${names()}`);
    }
    await tap(".o_sf_drag_body", "30 ");
    await tap(".o_sf_person[aria-checked='false']", "Cora");
    await find(".o_sf_person[aria-checked='true']", "Cora");
    await tap(".o_sf_back");
    await find(".o_sf_drag_row", "planned:");
    await tap(".o_sf_back");
    await find(".o_sf_supervisor");
    await tap(".o_sf_back");
    await findNone(".o_sf_supervise.o_sf_urgent");
});

/** Blocked by a qualification: the one next step; then help, and the answer. */
addTour("mrp_shop_floor_ask", async () => {
    await find(".o_sf_card.o_sf_blocked .o_sf_card_foot", "ask floor-dora");
    await tap(".o_sf_card.o_sf_blocked", "Cut");
    await tap(".o_sf_ask", "floor-dora");
    await find(".o_sf_asked", "Asked floor-dora");
    await findNone(".o_sf_start");
    await find(".o_sf_pending", "Sent");

    await tap(".o_sf_call", "Ask for help");
    await tap(".o_sf_topic[data-topic='machine']");
    await find(".o_sf_help_asked", "Help was asked for");
    await find(".o_sf_pending", "Sent");
    await find(".o_sf_help_asked", "floor-dora");
    await findNone(".o_sf_call");
});

/** Finished late: asked why, and not held up by the answer. */
addTour("mrp_shop_floor_late", async () => {
    await tap(".o_sf_card.o_sf_ready", "Cut");
    await tap(".o_sf_start");
    await tap(".o_sf_finish");
    await tap(".o_sf_no_more");
    await find("h1", "Late");
    await tap(".o_sf_later");
    await find(".o_sf_tag", "finished");
    await tap(".o_sf_why_late");
    await tap(".o_sf_reason", "Reason T-DT");
    await find(".o_sf_tag", "finished");
    await findNone(".o_sf_why_late");
    await find(".o_sf_pending", "Sent");
});
