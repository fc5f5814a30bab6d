import { registry } from "@web/core/registry";

/** A phone keeps the buttons of a form's header behind a menu. */
function pressHeaderButton(label) {
    return [
        {
            content: "the menu of a phone",
            trigger:
                ".o_form_view .o_form_statusbar, .o_form_view .o_statusbar_buttons",
            run: () => {
                const button = [
                    ...document.querySelectorAll(".o_statusbar_buttons button"),
                ].find((each) => each.textContent.includes(label) && each.offsetParent);
                if (!button) {
                    document
                        .querySelector(".o_statusbar_buttons .dropdown-toggle")
                        .click();
                }
            },
        },
        {
            trigger: `.o_statusbar_buttons button:contains('${label}'):visible, .o-dropdown--menu button:contains('${label}'):visible`,
            run: "click",
        },
    ];
}

/** A person sees where a lot came from and where it went, and that nothing is cut off. */
registry.category("web_tour.tours").add("mrp_genealogy_trace", {
    steps: () => [
        {
            content: "a phone keeps the button behind a menu",
            trigger: ".o_form_view .oe_title",
            run: () => {
                const button = document.querySelector(
                    "button[name=action_open_genealogy]"
                );
                if (!button || !button.offsetParent) {
                    document.querySelector(".o-form-buttonbox .o_button_more").click();
                }
            },
        },
        {
            trigger: "button[name=action_open_genealogy]:visible",
            run: "click",
        },
        {
            content: "down to the farm",
            trigger:
                "[data-direction=backward] .o_genealogy_row:contains('M1'):contains('FARM-0815'):contains('Farm 12')",
        },
        {
            content: "up to the customer",
            trigger:
                "[data-direction=forward] .o_genealogy_row:contains('S1'):contains('Frischmarkt')",
        },
        {
            content: "and what is left",
            trigger: ".o_genealogy_root .o_genealogy_stock:contains('6')",
        },
        {
            content: "everything fits the width of the screen",
            trigger: ".o_genealogy_body",
            run: ({ anchor }) => {
                if (anchor.scrollWidth > anchor.clientWidth + 1) {
                    throw new Error("The genealogy is wider than the screen.");
                }
            },
        },
        {
            trigger: "[data-direction=forward] .o_genealogy_fold",
            run: "click",
        },
        {
            trigger: "[data-direction=forward] .o_genealogy_unfold",
            run: "click",
        },
        {
            content: "the picture",
            trigger: ".o_genealogy_show_picture",
            run: "click",
        },
        {
            trigger: ".o_genealogy_picture .o_genealogy_node_root:contains('C1')",
        },
        {
            content: "three lots, two links",
            trigger: ".o_genealogy_picture svg",
            run: ({ anchor }) => {
                const nodes = anchor.querySelectorAll(".o_genealogy_node").length;
                const links = anchor.querySelectorAll(".o_genealogy_link").length;
                if (nodes !== 3 || links !== 2) {
                    throw new Error(`${nodes} lots, ${links} links`);
                }
            },
        },
    ],
});

/** A person recalls a supplier's lot and holds what is on hand. */
registry.category("web_tour.tours").add("mrp_genealogy_recall", {
    steps: () => [
        {
            trigger:
                ".o_field_widget[name=title] input, .o_field_widget[name=title] textarea",
            run: "edit Listeria",
        },
        {
            trigger: ".o_field_widget[name=supplier_lot] input",
            run: "edit FARM-0815",
        },
        ...pressHeaderButton("Find Lots"),
        {
            content: "all three lots are found",
            trigger:
                ".o_field_widget[name=line_ids]:contains('M1'):contains('C1'):contains('S1')",
        },
        ...pressHeaderButton("Hold What Is on Hand"),
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=line_ids]:contains('On Hold')",
        },
        {
            content: "who received it",
            trigger: ".o_notebook .nav-link[name=contacts]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=contact_ids]:contains('Frischmarkt')",
        },
    ],
});
