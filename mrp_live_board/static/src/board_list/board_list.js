import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { useState, useSubEnv } from "@odoo/owl";
import { BoardStatus } from "../board_status/board_status";
import { BoardTimeline } from "../board_timeline/board_timeline";
import { useBoardFeed } from "../feed/use_board_feed";
import { useFlashing } from "../feed/use_flashing";
import { BoardWall } from "../board_wall/board_wall";
import { useWall } from "../board_wall/use_wall";

export class BoardListRenderer extends ListRenderer {
    setup() {
        super.setup();
        this.isFlashing = useFlashing();
    }

    getRowClass(record) {
        const flash = this.isFlashing(record.resId) ? " o_board_flash" : "";
        return super.getRowClass(record) + flash;
    }
}

/** Runs as rows or as bars in time, kept up to date. */
export class BoardListController extends ListController {
    static template = "mrp_live_board.BoardList";
    static components = { ...ListController.components, BoardStatus };

    setup() {
        super.setup();
        this.feed = useBoardFeed(this.model);
        this.feedState = useState(this.feed.state);
        useSubEnv({ board: this.feed });
        this.board = useState({ timeline: false });
        this.wall = useWall({
            model: this.model,
            rootRef: this.rootRef,
            active: Boolean(this.props.context.live_board_wall),
        });
    }

    get className() {
        return `${super.className || this.props.className || ""} o_board ${
            this.wall.active ? "o_board_wall" : ""
        }`;
    }

    get Renderer() {
        if (this.board.timeline) {
            return BoardTimeline;
        }
        return this.wall.active ? BoardWall : this.props.Renderer;
    }

    toggleTimeline() {
        this.board.timeline = !this.board.timeline;
    }
}

registry.category("views").add("live_board", {
    ...listView,
    Controller: BoardListController,
    Renderer: BoardListRenderer,
    // rows are looked at, nothing is done with several of them
    props: (genericProps, view) => ({
        ...listView.props(genericProps, view),
        allowSelectors: false,
    }),
});
