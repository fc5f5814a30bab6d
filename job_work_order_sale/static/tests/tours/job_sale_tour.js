import { registry } from "@web/core/registry";

const openDialog = [
    {
        content: "bill the job",
        trigger: ".o_statusbar_buttons button[name=action_invoice]:enabled",
        run: "click",
    },
    {
        trigger: ".modal .o_field_widget[name=kind]",
    },
];

function choose(kind) {
    return [
        {
            content: `choose ${kind}`,
            trigger: `.modal .o_field_widget[name=kind] input[data-value=${kind}]`,
            run: "click",
        },
    ];
}

const createAndPost = [
    {
        trigger: ".modal button[name=action_invoice]:enabled",
        run: "click",
    },
    {
        content: "the draft is shown, and posted",
        trigger: ".o_form_view button[name=action_post]:enabled:visible",
        run: "click",
    },
    {
        trigger: ".o_arrow_button_current[data-value=posted]",
    },
];

/** A deposit of 30 %, before anything is made. */
registry.category("web_tour.tours").add("job_sale_deposit", {
    steps: () => [
        ...openDialog,
        ...choose("percent"),
        {
            trigger: ".modal .o_field_widget[name=percent] input",
            run: "edit 30",
        },
        ...createAndPost,
    ],
});

/** What was made since, and what is behind the invoice. */
registry.category("web_tour.tours").add("job_sale_progress", {
    steps: () => [
        ...openDialog,
        {
            content: "what was made is proposed",
            trigger:
                ".modal .o_field_widget[name=line_ids] .o_data_row [name=quantity]:contains('4')",
        },
        ...createAndPost,
        {
            content: "from the line to run and minutes, without manufacturing rights",
            trigger:
                ".o_field_widget[name=invoice_line_ids] button[name=action_view_job_trace]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=content]:contains('Run:')",
        },
        {
            trigger: ".modal footer button.btn-primary",
            run: "click",
        },
    ],
});

/** The rest, the deposit taken off, and paid. */
registry.category("web_tour.tours").add("job_sale_final", {
    steps: () => [
        ...openDialog,
        ...choose("final"),
        ...createAndPost,
        {
            content: "register the payment",
            trigger:
                ".o_statusbar_buttons button[name=action_register_payment]:enabled",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_create_payments]:enabled",
            run: "click",
        },
        {
            trigger: ".ribbon:contains(Paid), .ribbon:contains(In Payment)",
        },
    ],
});

/** Progress on a phone. */
registry.category("web_tour.tours").add("job_sale_phone", {
    steps: () => [
        {
            trigger: ".o_cp_action_menus .fa-cog, .o_statusbar_buttons",
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_invoice]:enabled",
            run: "click",
        },
        {
            trigger: ".modal .o_kanban_record:contains('To bill')",
        },
        {
            trigger: ".modal button[name=action_invoice]:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=partner_id]",
        },
    ],
});
