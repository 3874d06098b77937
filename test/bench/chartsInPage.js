/* In a page of Chromium: draws the same 43,200 points of 20 lines with our charts, and with what could have been taken instead. */
import Chart from 'chart.js/auto';
import * as echarts from 'echarts';
import UPlot from 'uplot';

import { createFormatter } from '../../src/model/format.ts';
import { reduce } from '../../src/model/series.ts';
import { ChartGroup, timeChart } from '../../webview/charts/timeChart.ts';

const POINTS = 43_200;
const LINES = 20;
const STEP = 60;
const FROM = 1_795_000_000;
const TO = FROM + POINTS * STEP;
const [WIDTH, HEIGHT] = [900, 216];
const ZOOM = { from: FROM + (TO - FROM) * 0.4, to: FROM + (TO - FROM) * 0.6 };

/** Wanders like a lag does; the same each time. */
function column(line) {
  let seed = line + 1;
  let value = 50_000;
  return Float64Array.from({ length: POINTS }, () => {
    seed = (seed * 16_807) % 2_147_483_647;
    value = Math.max(0, value + (seed / 2_147_483_647 - 0.5) * 4_000);
    return value;
  });
}

const times = Float64Array.from({ length: POINTS }, (_, index) => FROM + index * STEP);
const columns = Array.from({ length: LINES }, (_, line) => column(line));
const colors = Array.from({ length: LINES }, (_, line) => `hsl(${line * 18} 70% 60%)`);
// As each library wants it, made before anything is measured.
const points = columns.map((values) => Array.from(values, (y, index) => ({ x: times[index] * 1_000, y })));
const pairs = columns.map((values) => Array.from(values, (y, index) => [times[index] * 1_000, y]));

function place() {
  const element = document.createElement('div');
  element.className = 'bench';
  document.body.append(element);
  return element;
}

/** Nothing is drawn until somebody looks: one pixel is read. */
function look(element) {
  for (const canvas of element.querySelectorAll('canvas')) canvas.getContext('2d').getImageData(0, 0, 1, 1);
}

/** uPlot draws when the code that called it is done. */
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** What the host sends: reduced to the width of the chart. */
function table(from, to) {
  const reduced = reduce(times, columns, { fromSeconds: from, toSeconds: to, buckets: WIDTH });
  return {
    unit: 'messages', fromMs: FROM * 1_000, toMs: TO * 1_000, stepSeconds: STEP, times: reduced.times.buffer,
    lines: reduced.columns.map((values, line) => ({ key: String(line), label: `Partition ${line}`, values: values.buffer })),
    pointCount: reduced.pointCount, isReduced: reduced.isReduced,
  };
}

const context = {
  init: { name: 'bench', where: '' },
  view: { range: { fromMs: FROM * 1_000, toMs: TO * 1_000 }, intervalSeconds: 10 },
  now: () => TO * 1_000,
  format: createFormatter('en'),
  time: { dateTime: (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' '), zoneName: () => 'UTC' },
  call: () => undefined,
  announce: () => undefined,
  ui: { get: () => undefined, set: () => undefined },
};

/** Each: draws all of it, zooms into a fifth, and goes. */
const sides = {
  ours: {
    async paint() {
      const element = place();
      const group = new ChartGroup(context);
      const chart = timeChart({ id: 'bench', part: 'bench', title: 'Bench', context, group });
      element.append(chart.element);
      chart.show(table(FROM, TO));
      await settled();
      look(element);
      return { element, group, chart };
    },
    /** At once, with what is there. */
    async zoom({ element, group }) {
      group.zoom({ fromMs: ZOOM.from * 1_000, toMs: ZOOM.to * 1_000 });
      await settled();
      look(element);
    },
    /** The finer data, as the host makes it and sends it. */
    async finer({ element, chart }) {
      chart.show(table(ZOOM.from, ZOOM.to));
      await settled();
      look(element);
    },
    end({ element, group, chart }) {
      chart.dispose();
      group.dispose();
      element.remove();
    },
  },
  uPlot: {
    async paint() {
      const element = place();
      const series = [{}, ...colors.map((stroke, line) => ({ label: `Partition ${line}`, stroke, width: 1.5, points: { show: false } }))];
      const plot = new UPlot({ width: WIDTH, height: HEIGHT, series }, [times, ...columns], element);
      await settled();
      look(element);
      return { element, plot };
    },
    async zoom({ element, plot }) {
      plot.setScale('x', { min: ZOOM.from, max: ZOOM.to });
      await settled();
      look(element);
    },
    end({ element, plot }) {
      plot.destroy();
      element.remove();
    },
  },
  // As the manual's page on performance says: no animation, no points, no parsing; decimation is off unless asked for.
  'Chart.js': {
    async paint() {
      const element = place();
      const canvas = document.createElement('canvas');
      element.append(canvas);
      const datasets = points.map((data, line) => ({ label: `Partition ${line}`, data, borderColor: colors[line], borderWidth: 1.5, pointRadius: 0 }));
      const chart = new Chart(canvas, {
        type: 'line',
        data: { datasets },
        options: { animation: false, parsing: false, normalized: true, maintainAspectRatio: false, scales: { x: { type: 'linear' } } },
      });
      await settled();
      look(element);
      return { element, chart };
    },
    async zoom({ element, chart }) {
      Object.assign(chart.options.scales.x, { min: ZOOM.from * 1_000, max: ZOOM.to * 1_000 });
      chart.update('none');
      await settled();
      look(element);
    },
    end({ element, chart }) {
      chart.destroy();
      element.remove();
    },
  },
  ECharts: {
    async paint() {
      const element = place();
      const chart = echarts.init(element, null, { width: WIDTH, height: HEIGHT });
      const series = pairs.map((data, line) => ({ type: 'line', name: `Partition ${line}`, data, showSymbol: false, lineStyle: { width: 1.5, color: colors[line] } }));
      chart.setOption({ animation: false, xAxis: { type: 'time' }, yAxis: { type: 'value' }, legend: {}, series });
      chart.getZr().flush();
      await settled();
      look(element);
      return { element, chart };
    },
    async zoom({ element, chart }) {
      chart.setOption({ xAxis: { min: ZOOM.from * 1_000, max: ZOOM.to * 1_000 } });
      chart.getZr().flush();
      await settled();
      look(element);
    },
    end({ element, chart }) {
      chart.dispose();
      element.remove();
    },
  },
};

async function measured(side, times) {
  let at = performance.now();
  const shown = await side.paint();
  times.paint.push(performance.now() - at);
  at = performance.now();
  await side.zoom(shown);
  times.zoom.push(performance.now() - at);
  await side.finer?.(shown);
  times.finer.push(performance.now() - at);
  side.end(shown);
  await new Promise((resolve) => setTimeout(resolve));
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const blank = () => ({ paint: [], zoom: [], finer: [] });

/** Both in turns, the first changing with the round, as test/bench/compare.ts does. */
async function against(name, rounds) {
  const [ours, other] = [blank(), blank()];
  await measured(sides.ours, blank());
  await measured(sides[name], blank());
  for (let round = 0; round < rounds; round += 1) {
    const order = [[sides.ours, ours], [sides[name], other]];
    for (const [side, times] of round % 2 === 0 ? order : order.toReversed()) await measured(side, times);
  }
  return ['paint', 'zoom', 'finer'].map((what) => ({ what, against: name, oursMs: median(ours[what]), bareMs: median(other[what]) }));
}

globalThis.benchCharts = async (rounds) => [...(await against('uPlot', rounds)), ...(await against('Chart.js', rounds)), ...(await against('ECharts', rounds))];
