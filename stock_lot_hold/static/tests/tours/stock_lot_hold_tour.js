import { registry } from "@web/core/registry";

/** Press a button of the form's header, which a phone keeps behind a menu. */
function pressHeaderButton(label) {
    return [
        {
            content: `show ${label}`,
            trigger: `.o_statusbar_buttons button:contains('${label}'):visible, .o_cp_action_menus button:visible, .o_statusbar_buttons .dropdown-toggle:visible`,
        },
        {
            content: "the menu of a phone",
            trigger: ".o_form_view",
            run: () => {
                const toggle = document.querySelector(
                    ".o_statusbar_buttons .dropdown-toggle, .o_statusbar_button_dropdown_item"
                );
                if (toggle && toggle.offsetParent) {
                    toggle.click();
                }
            },
        },
        {
            trigger: `.o_statusbar_buttons button:contains('${label}'):visible, .o-dropdown--menu button:contains('${label}'):visible`,
            run: "click",
        },
    ];
}

function decide(label, reason) {
    return [
        ...pressHeaderButton(label),
        {
            content: "say why",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: `edit ${reason}`,
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ];
}

/** A person stops a lot, sees why it is stopped, and releases it again. */
registry.category("web_tour.tours").add("stock_lot_hold_decide", {
    steps: () => [
        ...decide("Hold", "Complaint 118"),
        {
            content: "everybody sees why",
            trigger: ".alert:contains('Complaint 118')",
        },
        ...decide("Release", "Analysis 12"),
        {
            content: "both decisions are kept",
            trigger:
                ".o_field_widget[name=hold_log_ids]:contains('Complaint 118'):contains('Analysis 12')",
        },
        {
            trigger: ".o_form_view:not(:has(.alert:visible:contains('Analysis')))",
        },
    ],
});
