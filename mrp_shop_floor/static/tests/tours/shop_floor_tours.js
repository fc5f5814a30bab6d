// a tour taps one key after another
/* eslint-disable no-await-in-loop */
import { addTour, find, findNone, pause, scan, tap, type } from "./runner";

/** Own login: a shift on one operation. */
addTour("mrp_shop_floor_shift", async () => {
    // only what is done at one place
    const places = await find("select");
    const others = [...places.options].find((one) => one.text.includes("Paint"));
    places.value = others.value;
    places.dispatchEvent(new Event("change", { bubbles: true }));
    await findNone(".o_sf_card", "Cut");
    places.value = "0";
    places.dispatchEvent(new Event("change", { bubbles: true }));

    // two taps until it runs
    await tap(".o_sf_card.o_sf_ready", "Cut");
    await tap(".o_sf_start");
    await find(".o_sf_tag", "running");
    await find(".o_sf_toast", "Started");
    await find(".o_sf_pending", "Sent");

    await tap(".o_sf_line", "Instructions");
    await find(".o_sf_article", "Wear gloves");
    await tap(".o_sf_back");

    await tap(".o_sf_line", "Declare output");
    await type("6.5");
    await tap(".o_sf_confirm");
    await find(".o_sf_good", "6.5 / 10");
    await find(".o_sf_pending", "Sent");

    await tap(".o_sf_button", "Scrap");
    await type("1");
    await tap(".o_sf_confirm");
    await tap(".o_sf_reason", "Reason T-SC");
    await find(".o_sf_hint", "Scrap 1");

    await tap(".o_sf_pause");
    await tap(".o_sf_reason", "Reason T-DT");
    await find(".o_sf_tag", "paused");
    await tap(".o_sf_start", "Go on");
    await find(".o_sf_tag", "running");

    // a mistake, undone
    await tap(".o_sf_line", "Declare output");
    await type("3");
    await tap(".o_sf_confirm");
    await find(".o_sf_good", "9.5 / 10");
    await tap(".o_sf_undo .o_sf_button", "Undo");
    await find(".o_sf_good", "6.5 / 10");
    await find(".o_sf_pending", "Sent");

    // too much: asked once
    await tap(".o_sf_line", "Declare output");
    await type("999");
    await tap(".o_sf_confirm");
    await find(".o_sf_sure");
    await tap(".o_sf_button", "Clear");
    await type("0.5");
    await tap(".o_sf_confirm");

    await tap(".o_sf_finish");
    await find(".o_sf_pad_value output", "2");
    await tap(".o_sf_confirm");
    await find(".o_sf_tag", "finished");
    await find(".o_sf_toast", "Finished");
    await find(".o_sf_pending", "pending");
    await find(".o_sf_pending", "Sent");
    await tap(".o_sf_button", "My work");
    await findNone(".o_sf_card strong", "Cut");
    await find(".o_sf_card.o_sf_ready", "Form");
    await tap(".o_sf_pending");
    await find(".o_sf_outbox .o_sf_tag", "sent");
    await findNone(".o_sf_outbox .o_sf_tag", "refused");
});

/** Finishing can be undone before it is sent. */
addTour("mrp_shop_floor_undo_finish", async () => {
    await tap(".o_sf_card.o_sf_ready", "Cut");
    await tap(".o_sf_start");
    await tap(".o_sf_finish");
    await tap(".o_sf_no_more");
    await find(".o_sf_tag", "finished");
    await tap(".o_sf_undo .o_sf_button", "Undo");
    await find(".o_sf_tag", "running");
    await find(".o_sf_pending", "Sent");
});

/** A tablet that several people use. */
addTour("mrp_shop_floor_tablet", async () => {
    await tap(".o_sf_name", "Cora");
    for (const digit of "0000") {
        await tap(`.o_sf_key[data-key='${digit}']`);
    }
    await tap(".o_sf_key[data-key='ok']");
    await find(".o_sf_toast", "Nobody is known");
    for (const digit of "4711") {
        await tap(`.o_sf_key[data-key='${digit}']`);
    }
    await tap(".o_sf_key[data-key='ok']");
    await find(".o_sf_who", "Cora");
    await tap(".o_sf_card.o_sf_ready", "Cut");
    await tap(".o_sf_start");
    await find(".o_sf_tag", "running");
    await find(".o_sf_pending", "Sent");

    await tap(".o_sf_who");
    await scan("BADGEBERT");
    await find(".o_sf_who", "Bert");
    await tap(".o_sf_card", "Cut");
    await find(".o_sf_hint", "Cora");
    await tap(".o_sf_start");
    await find(".o_sf_tag", "running");

    await tap(".o_sf_who");
    await tap(".o_sf_sign_out");
    await tap(".o_sf_choose", "Cora");
    await find(".o_sf_who", "Cora");
    await tap(".o_sf_card.o_sf_running", "Cut");
    await tap(".o_sf_button", "Hand over");
    await tap(".o_sf_button", "Anna");
    await find(".o_sf_tag", "paused");
    await find(".o_sf_pending", "Sent");
});

/** The right lot and the wrong one. */
addTour("mrp_shop_floor_scan", async () => {
    await tap(".o_sf_card", "Mix");
    await tap(".o_sf_start");
    await tap(".o_sf_line", "Materials");
    await scan("WRONG-LOT");
    await find(".o_sf_wrong", "WRONG");
    await scan("S-3");
    await find(".o_sf_wrong", "may NOT be used");
    await scan("S-2");
    await findNone(".o_sf_wrong");
    await find(".o_sf_alert", "lot S-2");
    await tap(".o_sf_confirm");
    await find(".o_sf_line", "lot S-2");
    await find(".o_sf_line", "10 / 10");
    await find(".o_sf_pending", "Sent");
    await pause();
});

/** Blocked, and why; a supervisor unblocks. */
addTour("mrp_shop_floor_block", async () => {
    await tap(".o_sf_card.o_sf_ready", "Cut");
    await tap(".o_sf_start");
    await tap(".o_sf_block");
    await tap(".o_sf_reason", "Reason T-DT");
    await find(".o_sf_alert", "is blocked");
    await find(".o_sf_pending", "Sent");
    await tap(".o_sf_back");
    await find(".o_sf_card.o_sf_blocked .o_sf_why", "Reason T-DT");
    await tap(".o_sf_card.o_sf_blocked", "Cut");
    await tap(".o_sf_alert .o_sf_button", "Unblock");
    await find(".o_sf_start");
    await find(".o_sf_pending", "Sent");
});

/** Container after container, with labels; the last one corrected, one reprinted. */
addTour("mrp_shop_floor_containers", async () => {
    await tap(".o_sf_card.o_sf_ready", "Pack");
    await tap(".o_sf_start");
    await tap(".o_sf_line", "Declare output");
    await tap(".o_sf_lot");
    await tap(".o_sf_new_lot");
    await find(".o_sf_lot", "a new one");
    await type("42.5");
    await tap(".o_sf_button", "Tare");
    await type("2.5");
    await find(".o_sf_hint", "Net 40 kg");
    await tap(".o_sf_confirm");
    await find(".o_sf_container", "40 kg");
    await find(".o_sf_pending", "Sent");

    // labels: the first without, the second with a reason
    await tap(".o_sf_label");
    await tap(".o_sf_print");
    await find(".o_sf_alert", "The label is ready");
    await find(".o_sf_open_label[href^='/mrp_shop_floor/label/']");
    await tap(".o_sf_done");
    await tap(".o_sf_label", "(1)");
    await find(".o_sf_print:disabled");
    await tap(".o_sf_reason", "Damaged");
    await tap(".o_sf_print_zpl");
    await find(".o_sf_alert", "Copy 2");
    await tap(".o_sf_done");

    // whey, with a lot that is written
    await tap(".o_sf_next");
    await tap(".o_sf_what", "Gouda");
    await tap(".o_sf_output", "Whey");
    await tap(".o_sf_lot");
    const input = await find("#o_sf_lot_name");
    input.value = "W-1";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await pause();
    await tap(".o_sf_lot_ok");
    await type("8000");
    await tap(".o_sf_confirm");
    await tap(".o_sf_button", "Clear");
    await type("800");
    await tap(".o_sf_confirm");
    await find(".o_sf_container", "lot W-1");
    await find(".o_sf_pending", "Sent");

    // it was 80
    await tap(".o_sf_correct");
    await find(".o_sf_pad_value output", "800");
    await type("80");
    await tap(".o_sf_confirm");
    await find(".o_sf_container", "80 kg");
    await find(".o_sf_pending", "Sent");
    await findNone(".o_sf_container", "800 kg");

    // noted, with a photo of a screen full of noise
    await tap(".o_sf_back");
    await tap(".o_sf_note_line");
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 3000, height: 2000 });
    canvas.getContext("2d").fillRect(10, 10, 900, 900);
    const photo = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const files = new DataTransfer();
    files.items.add(new File([photo], "photo.png", { type: "image/png" }));
    const picker = document.querySelector(".o_sf_take_photo input");
    picker.files = files.files;
    picker.dispatchEvent(new Event("change", { bubbles: true }));
    await find(".o_sf_photo img");
    await tap(".o_sf_note .o_sf_confirm");
    await find(".o_sf_toast", "Photo kept");

    await tap(".o_sf_finish");
    await find(".o_sf_sum", "40 / 100 kg");
    await tap(".o_sf_no_more");
    await find(".o_sf_tag", "finished");
    await find(".o_sf_pending", "pending");
    await find(".o_sf_pending", "Sent");
});
