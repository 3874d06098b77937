import * as l10n from '@vscode/l10n';

import type { ActivationSlices } from '../../src/protocol/action.ts';
import { isOne } from '../../src/model/format.ts';
import { createValueWords } from '../charts/words.ts';
import type { PageContext } from '../page.ts';
import type { Fact } from './facts.ts';
import { wholeOf } from './numbers.ts';
import type { Numbers } from './numbers.ts';

/** What a range came to, in words. */
export function activationFacts({ total, failure, slices, p50Ms, p95Ms, fromMs, toMs }: ActivationSlices, { format, time }: PageContext, numbers: Numbers): readonly Fact[] {
  const words = createValueWords(format);
  const looked = slices.reduce((sum, { success, failure: failed }) => sum + success + failed, 0);
  const share = looked === 0 || failure === 0 ? numbers.whole(failure) : l10n.t('{0} ({1})', numbers.whole(failure), numbers.share(failure / looked));
  const took = (label: string, ms: number | undefined): readonly Fact[] => (ms === undefined ? [] : [{ label, value: words.value(ms, 'milliseconds') }]);
  return [
    { label: l10n.t('Activations'), value: numbers.whole(total) },
    { label: l10n.t('Failures'), value: share },
    ...took(l10n.t('Half finished within (p50)'), p50Ms),
    ...took(l10n.t('95% finished within (p95)'), p95Ms),
    ...(toMs > fromMs ? [{ label: l10n.t('Range'), value: l10n.t('{0} to {1}', time.dateTime(fromMs), time.dateTimeZone(toMs)) }] : []),
  ];
}

/** What has to be known to read the bars right; a sentence each. */
export function activationNotes(data: ActivationSlices, isReading: boolean, { view, format, time }: PageContext): readonly string[] {
  return [missingNote(data, isReading, format), unreadNote(data, format), keptNote(data, view.range, time)].filter((note) => note !== undefined);
}

function missingNote({ slices, missing }: ActivationSlices, isReading: boolean, format: PageContext['format']): string | undefined {
  if (missing === 0) return undefined;
  if (isReading) return l10n.t('The service lists no times, so each time slice is read separately: {0} of {1} so far.', format.count(slices.length), format.count(slices.length + missing));
  return isOne(missing)
    ? l10n.t('1 time slice could not be read. It has no bar and is not in the totals.')
    : l10n.t('{0} time slices could not be read. They have no bar and are not in the totals.', format.count(missing));
}

function unreadNote({ slices, total }: ActivationSlices, format: PageContext['format']): string | undefined {
  const unread = slices.reduce((sum, slice) => sum + slice.unread, 0);
  if (unread === 0) return undefined;
  const looked = format.count((wholeOf(total) ?? 0n) - BigInt(unread));
  return l10n.t('{0} activations were only counted: of busy time slices the newest are read. Failures and durations are those of the other {1}.', format.count(unread), looked);
}

/** A range may begin before the service keeps anything (cloudfunctions.md §6.1). */
function keptNote({ fromMs, sliceMs }: ActivationSlices, range: PageContext['view']['range'], time: PageContext['time']): string | undefined {
  if ('last' in range || range.fromMs > fromMs - sliceMs) return undefined;
  return l10n.t('The service keeps activations for a month: nothing from before {0} is shown.', time.dateTimeZone(fromMs));
}
