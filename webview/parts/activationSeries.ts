import * as l10n from '@vscode/l10n';

import type { ActivationSlice, ActivationSlices } from '../../src/protocol/action.ts';
import type { SeriesLine, SeriesTable } from '../../src/protocol/series.ts';
import type { Tone } from '../../src/protocol/whole.ts';

/** What the bars say, by the keys of {@link activationBars}. */
export const BAR_TONES: Readonly<Record<string, Tone>> = { success: 'good', failure: 'bad', unread: 'quiet' };

/** How many ended well and how many did not, a bar for each slice. A slice that was not read has none. */
export function activationBars(data: ActivationSlices): SeriesTable {
  const hasUnread = data.slices.some(({ unread }) => unread > 0);
  return tableOf(data, 'count', 0, [
    { key: 'success', label: l10n.t('Succeeded'), of: ({ success }) => success },
    { key: 'failure', label: l10n.t({ message: 'Failed', comment: ['Outcome of activations'] }), of: ({ failure }) => failure },
    ...(hasUnread ? [{ key: 'unread', label: l10n.t('Counted only'), of: ({ unread }: ActivationSlice) => unread }] : []),
  ]);
}

/** How long they took. The values stand in the middle of their slice. */
export function durationLines(data: ActivationSlices): SeriesTable {
  return tableOf(data, 'milliseconds', data.sliceMs / 2, [
    { key: 'p50', label: 'p50', of: ({ p50Ms }) => p50Ms },
    { key: 'p95', label: 'p95', of: ({ p95Ms }) => p95Ms },
  ]);
}

interface LineOfSlices {
  readonly key: string;
  readonly label: string;
  readonly of: (slice: ActivationSlice) => number | undefined;
}

function tableOf({ fromMs, toMs, sliceMs, slices }: ActivationSlices, unit: SeriesTable['unit'], shiftMs: number, lines: readonly LineOfSlices[]): SeriesTable {
  const count = sliceMs > 0 ? Math.max(0, Math.round((toMs - fromMs) / sliceMs)) : 0;
  const byStart = new Map(slices.map((slice) => [slice.fromMs, slice]));
  const starts = Array.from({ length: count }, (_, index) => fromMs + index * sliceMs);
  const line = ({ key, label, of }: LineOfSlices): SeriesLine => {
    const values = Float64Array.from(starts, (start) => {
      const slice = byStart.get(start);
      return (slice === undefined ? undefined : of(slice)) ?? Number.NaN;
    });
    return { key, label, values: values.buffer };
  };
  return {
    unit, fromMs, toMs,
    stepSeconds: sliceMs / 1_000,
    times: Float64Array.from(starts, (start) => (start + shiftMs) / 1_000).buffer,
    lines: lines.map(line),
    pointCount: count,
    isReduced: false,
  };
}
