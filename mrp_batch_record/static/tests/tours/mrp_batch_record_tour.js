import { registry } from "@web/core/registry";

/** A phone keeps the buttons of a form's header behind a menu. */
function pressHeaderButton(label) {
    return [
        {
            content: "the menu of a phone",
            trigger: ".o_form_view .o_statusbar_buttons",
            run: () => {
                const button = [
                    ...document.querySelectorAll(".o_statusbar_buttons button"),
                ].find(
                    (each) => each.textContent.trim() === label && each.offsetParent
                );
                if (!button) {
                    document
                        .querySelector(".o_statusbar_buttons .dropdown-toggle")
                        ?.click();
                }
            },
        },
        {
            trigger: `.o_statusbar_buttons button:contains('${label}'):visible, .o-dropdown--menu button:contains('${label}'):visible`,
            run: "click",
        },
    ];
}

/** Nothing of the record is cut off at the side of a small screen. */
function checkWidth() {
    return {
        content: "the record fits",
        trigger: ".o_mrp_batch_paper",
        run: () => {
            const paper = document.querySelector(".o_mrp_batch_paper");
            if (paper.scrollWidth > paper.clientWidth + 1) {
                throw new Error(`${paper.scrollWidth} of ${paper.clientWidth} pixels`);
            }
        },
    };
}

/** A result, a signature, a correction, the review and the release. */
registry.category("web_tour.tours").add("mrp_batch_record_release", {
    steps: () => [
        {
            content: "it reads like the paper",
            trigger: ".o_mrp_batch_paper:contains('FARM-0815')",
        },
        checkWidth(),
        ...pressHeaderButton("Result or Check"),
        { trigger: ".modal div[name=name] input", run: "edit pH" },
        { trigger: ".modal div[name=value] input", run: "edit 5.2" },
        { trigger: ".modal button[name=action_add]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_mrp_batch_paper:contains('5.2')" },
        ...pressHeaderButton("Sign"),
        {
            content: "the device says what time it is",
            trigger: ".modal div[name=device_time]:contains('T')",
        },
        { trigger: ".modal div[name=password] input", run: "edit wrong" },
        { trigger: ".modal button[name=action_sign]", run: "click" },
        {
            content: "not with a wrong password",
            trigger: ".modal:contains('This is not the password')",
        },
        {
            trigger: ".modal:contains('This is not the password') .modal-footer button",
            run: "click",
        },
        { trigger: ".modal div[name=password] input", run: "edit quality-tour" },
        { trigger: ".modal button[name=action_sign]", run: "click" },
        {
            trigger:
                "body:not(:has(.modal)) .o_mrp_batch_paper:contains('Performed by')",
        },
        ...pressHeaderButton("Start Review"),
        { trigger: ".o_mrp_batch_paper:contains('Review begun')" },
        { trigger: ".nav-link[name=review]", run: "click" },
        { trigger: ".o_mrp_batch_paper:visible" },
        ...pressHeaderButton("Release"),
        { trigger: ".modal div[name=reason] textarea", run: "edit All right" },
        {
            trigger: ".modal button[name=action_decide]:contains('Release')",
            run: "click",
        },
        {
            content: "released",
            trigger:
                "body:not(:has(.modal)) .o_arrow_button_current:contains('Released'), body:not(:has(.modal)) .o_statusbar_status:contains('Released')",
        },
        { trigger: ".nav-link[name=timeline]", run: "click" },
        { trigger: ".o_mrp_batch_paper:visible:contains('Review begun')" },
    ],
});

/** Whoever opens a record that was changed sees it before anything else. */
registry.category("web_tour.tours").add("mrp_batch_record_broken", {
    steps: () => [
        {
            trigger:
                ".o_mrp_batch_broken:visible:contains('content was changed after it was sealed')",
        },
        { trigger: ".o_mrp_batch_paper:contains('BROKEN')" },
    ],
});
