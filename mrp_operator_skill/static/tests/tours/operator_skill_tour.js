import { registry } from "@web/core/registry";

const dialogRefuses = [
    {
        content: "who is not qualified is told why",
        trigger: ".modal .o_skill_refusal:contains('Bert is not qualified')",
    },
    {
        content: "and offered the way out",
        trigger: ".modal .o_skill_refusal button:contains('Ask for an Override')",
        run: "click",
    },
];

const chooseReason = [
    {
        trigger:
            ".modal .o_field_widget[name=reason_id] .o_selection_badge:contains('T-QU')",
        run: "click",
    },
];

/** An operator is refused and asks a supervisor. */
registry.category("web_tour.tours").add("mrp_operator_skill_request", {
    steps: () => [
        {
            trigger:
                ".o_kanban_record:contains('Cut') button[name=action_operator_start]",
            run: "click",
        },
        ...dialogRefuses,
        ...chooseReason,
        {
            trigger: ".modal footer button:contains('Ask a Supervisor')",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

/** A supervisor approves what was asked for. */
registry.category("web_tour.tours").add("mrp_operator_skill_approve", {
    steps: () => [
        {
            trigger:
                ".o_form_view .o_field_widget[name=requirement_id]:contains('Saw')",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_approve]",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('Approved'), .o_statusbar_status .dropdown-toggle:contains('Approved')",
        },
    ],
});

/** The same on a phone. */
registry.category("web_tour.tours").add("mrp_operator_skill_approve_phone", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=supervisor_id]",
        },
    ],
});

/** Who may work where. */
registry.category("web_tour.tours").add("mrp_operator_skill_matrix", {
    steps: () => [
        {
            trigger: ".o_skill_matrix tbody tr:contains('Anna') .o_skill_ok",
            run: "click",
        },
        {
            trigger: ".o_skill_matrix_detail:contains('Anna · Saw')",
        },
        {
            trigger: ".o_skill_matrix tbody tr:contains('Bert') .o_skill_missing",
            run: "click",
        },
        {
            trigger: ".o_skill_matrix_detail:contains('is missing')",
        },
        {
            trigger: ".o_skill_matrix_search",
            run: "edit ann",
        },
        {
            trigger: ".o_skill_matrix tbody:not(:has(tr:contains('Bert')))",
        },
    ],
});

/** What a work center asks for is said on its form. */
registry.category("web_tour.tours").add("mrp_operator_skill_require", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=skill_requirements]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=skill_requirement_ids] .o_data_row:contains('Saw')",
        },
        {
            trigger:
                ".o_field_widget[name=skill_requirement_ids] .o_field_x2many_list_row_add button, .o_field_widget[name=skill_requirement_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=skill_id] input",
            run: "edit Saw",
        },
        {
            trigger:
                ".ui-autocomplete a:contains('Saw'), .o-autocomplete--dropdown-item a:contains('Saw')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=mode] label:contains('Flag')",
            run: "click",
        },
        {
            trigger: ".modal footer button.o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
