import { registry } from "@web/core/registry";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { JobFirstDay } from "./job_first_day";

/** Jobs below the checklist of the first day. */
export class JobListController extends ListController {
    static template = "job_work_order.JobListView";
    static components = { ...ListController.components, JobFirstDay };
}

export class JobKanbanController extends KanbanController {
    static template = "job_work_order.JobKanbanView";
    static components = { ...KanbanController.components, JobFirstDay };
}

registry.category("views").add("job_list", {
    ...listView,
    Controller: JobListController,
});
registry.category("views").add("job_kanban", {
    ...kanbanView,
    Controller: JobKanbanController,
});
