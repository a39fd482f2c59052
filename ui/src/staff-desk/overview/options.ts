// What the library is told to draw: bars with their counts beside them, so that no colour has to be read.
import type { EChartsCoreOption } from "echarts/core";
import { MOST_BARS, type Figure } from "./figures";

export type Look = { ink: string; soft: string; rule: string; font: string; size: number; rightToLeft: boolean };

export function optionsOf(figure: Figure, look: Look, count: (value: number) => string): EChartsCoreOption {
  const rows = figure.lying ? figure.rows.slice(0, MOST_BARS) : figure.rows;
  const text = { color: look.ink, fontSize: look.size, fontFamily: look.font };
  const names = {
    type: "category",
    data: rows.map(({ label }) => label),
    axisLabel: figure.lying ? { ...text, width: look.size * 11, overflow: "truncate" } : { ...text, hideOverlap: true },
    axisLine: { lineStyle: { color: look.soft } },
    axisTick: { show: false },
    // The first stands first, as one reads.
    inverse: figure.lying || look.rightToLeft,
    position: figure.lying ? (look.rightToLeft ? "right" : "left") : "bottom",
  };
  const values = {
    type: "value",
    minInterval: 1,
    axisLabel: { ...text, color: look.soft, formatter: count, hideOverlap: true },
    splitLine: { lineStyle: { color: look.rule } },
    inverse: figure.lying && look.rightToLeft,
    position: figure.lying ? "bottom" : look.rightToLeft ? "right" : "left",
  };
  const beside = look.rightToLeft ? "left" : "right";
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    grid: { left: 8, right: figure.lying ? look.size * 3 : 12, top: look.size * 1.75, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel", ...(figure.lying && look.rightToLeft ? { left: look.size * 3, right: 8 } : {}) },
    xAxis: figure.lying ? values : names,
    yAxis: figure.lying ? names : values,
    series: [
      {
        type: "bar",
        data: rows.map((row) => row.count),
        silent: true,
        cursor: "default",
        barMaxWidth: 40,
        itemStyle: { color: look.ink },
        label: {
          ...text,
          show: true,
          position: figure.lying ? beside : "top",
          // A nought has no bar, and needs no word.
          formatter: ({ value }: { value: number }) => (value === 0 ? "" : count(value)),
        },
      },
    ],
  };
}
