/* In a page of Chromium: the consumer groups of a topic as our table, and as a table of nothing but rows, cells and texts. */
import { createFormatter } from '../../src/model/format.ts';
import { createNumbers } from '../../webview/parts/numbers.ts';
import { groupsTable } from '../../webview/parts/groups.ts';

const ROWS = 1_000;

/** Groups as the host sends them; `sample` tells one read from the next. */
function groups(sample) {
  return Array.from({ length: ROWS }, (_, n) => ({
    groupId: `key.group-${n}`, name: `group-${n}`, state: 'Stable', stateWords: 'all consumers work', tone: 'good',
    totalLag: String(9_007_199_254_740_993n + BigInt(n * 31 + sample * 7)), trend: 'grows', memberCount: n % 8,
    produceRate: 10 + (n % 90) + sample, consumeRate: 5 + (n % 70), drain: { kind: 'drains', inMs: 60_000 + n * 1_000 + sample * 500 }, partitions: [],
  }));
}

const format = createFormatter('en');
const numbers = createNumbers(format);
const context = {
  init: { name: 'bench', where: '' },
  format,
  time: { dateTime: (ms) => new Date(ms).toISOString(), clock: (ms) => new Date(ms).toISOString(), zoneName: () => 'UTC' },
  view: { range: { last: '1h' }, intervalSeconds: 10 },
  now: () => 1_795_000_000_000,
  call: () => undefined,
  announce: () => undefined,
  ui: { get: () => undefined, set: () => undefined },
};
const samples = [groups(0), groups(1)];
const texts = samples.map((rows) => rows.map((row) => [
  row.name, `${row.state} ${row.stateWords}`, format.count(BigInt(row.totalLag)), format.duration(row.drain.inMs), String(row.produceRate), String(row.consumeRate), String(row.memberCount),
]));

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** All rows are there, and laid out. */
async function all(element) {
  while (element.querySelectorAll('tbody tr').length < ROWS) await frame();
  return element.offsetHeight;
}

const sides = {
  async ours(times) {
    const shown = groupsTable(context, numbers);
    document.body.append(shown.element);
    let at = performance.now();
    shown.rows(samples[0]);
    await all(shown.element);
    times.paint.push(performance.now() - at);
    at = performance.now();
    shown.rows(samples[1]);
    await all(shown.element);
    times.refresh.push(performance.now() - at);
    shown.element.remove();
  },
  async bare(times) {
    const table = document.createElement('table');
    const body = table.createTBody();
    document.body.append(table);
    let at = performance.now();
    for (const row of texts[0]) {
      const line = body.insertRow();
      for (const text of row) line.insertCell().textContent = text;
    }
    await all(table);
    times.paint.push(performance.now() - at);
    at = performance.now();
    texts[1].forEach((row, n) => row.forEach((text, cell) => {
      body.rows[n].cells[cell].textContent = text;
    }));
    await all(table);
    times.refresh.push(performance.now() - at);
    table.remove();
  },
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Both in turns, the first changing with the round, as test/bench/compare.ts does. */
globalThis.benchLagTable = async (rounds) => {
  const [ours, bare] = [{ paint: [], refresh: [] }, { paint: [], refresh: [] }];
  await sides.ours({ paint: [], refresh: [] });
  await sides.bare({ paint: [], refresh: [] });
  for (let round = 0; round < rounds; round += 1) {
    const order = [() => sides.ours(ours), () => sides.bare(bare)];
    for (const side of round % 2 === 0 ? order : order.toReversed()) {
      await side();
      await frame();
    }
  }
  return ['paint', 'refresh'].map((what) => ({ what, oursMs: median(ours[what]), bareMs: median(bare[what]) }));
};
