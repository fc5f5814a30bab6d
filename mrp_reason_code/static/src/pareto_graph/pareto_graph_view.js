import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";

/**
 * Running total of values in percent of their sum.
 *
 * @param {Number[]} values
 * @returns {Number[]}
 */
export function getCumulativePercent(values) {
    const total = values.reduce((sum, value) => sum + value, 0);
    let running = 0;
    return values.map((value) => {
        running += value;
        return total ? (100 * running) / total : 0;
    });
}

export class ParetoGraphModel extends GraphModel {
    /**
     * Bars that go down get the part of the whole that they reach together.
     *
     * @override
     */
    _getLineOverlayDataset() {
        const { order } = this.metaData;
        const { datasets } = this.data;
        if (order !== "DESC" || datasets.length !== 1) {
            return super._getLineOverlayDataset();
        }
        return {
            label: _t("Cumulative %"),
            data: getCumulativePercent(datasets[0].data),
            currencyIds: [],
            trueLabels: datasets[0].trueLabels,
            yAxisID: "percent",
        };
    }
}

export class ParetoGraphRenderer extends GraphRenderer {
    /**
     * @override
     */
    getScaleOptions() {
        const scales = super.getScaleOptions();
        const overlay = this.model.lineOverlayDataset;
        if (overlay && overlay.yAxisID === "percent") {
            scales.percent = {
                position: "right",
                min: 0,
                max: 100,
                grid: { drawOnChartArea: false },
                ticks: { callback: (value) => `${value} %` },
            };
        }
        return scales;
    }
}

export const paretoGraphView = {
    ...graphView,
    Model: ParetoGraphModel,
    Renderer: ParetoGraphRenderer,
};

registry.category("views").add("pareto_graph", paretoGraphView);
