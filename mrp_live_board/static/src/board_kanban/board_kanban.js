import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRecord } from "@web/views/kanban/kanban_record";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { useState, useSubEnv } from "@odoo/owl";
import { BoardStatus } from "../board_status/board_status";
import { useBoardFeed } from "../feed/use_board_feed";
import { useFlashing } from "../feed/use_flashing";

export class BoardKanbanRecord extends KanbanRecord {
    setup() {
        super.setup();
        this.isFlashing = useFlashing();
    }

    getRecordClasses() {
        const flash = this.isFlashing(this.props.record.resId) ? " o_board_flash" : "";
        return super.getRecordClasses() + flash;
    }
}

export class BoardKanbanRenderer extends KanbanRenderer {
    static components = {
        ...KanbanRenderer.components,
        KanbanRecord: BoardKanbanRecord,
    };
}

/** Runs as cards: by work center, by operation, and on a phone. */
export class BoardKanbanController extends KanbanController {
    static template = "mrp_live_board.BoardKanban";
    static components = { ...KanbanController.components, BoardStatus };

    setup() {
        super.setup();
        this.feed = useBoardFeed(this.model);
        this.feedState = useState(this.feed.state);
        useSubEnv({ board: this.feed });
    }

    get className() {
        return `${super.className || ""} o_board`;
    }
}

registry.category("views").add("live_board_kanban", {
    ...kanbanView,
    Controller: BoardKanbanController,
    Renderer: BoardKanbanRenderer,
});
