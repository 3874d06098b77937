import * as l10n from '@vscode/l10n';

import type { InputNote } from '../../../host/prompts.ts';
import { cronProblem, koreanTime, nextFirings } from '../../../model/cron.ts';
import type { Formatter } from '../../../model/format.ts';
import { asking } from '../../createWizard.ts';
import { errorNote } from '../wizardParts.ts';
import { timeOf, timeProblem } from './checks.ts';
import { textStep } from './stepKinds.ts';
import type { Step } from './stepKinds.ts';
import type { Preset, TriggerDraft } from './triggerDraft.ts';

/** How many of the next times are told. */
const FIRINGS = 5;

/** What the questions about a schedule need. */
export interface CronQuestions {
  readonly format: Formatter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Asks for the schedule: one of the usual ones, which can then be changed, or any. */
export function cronSteps(about: CronQuestions): readonly Step[] {
  return [presetStep(), weekdayStep(about), timeStep(), cronStep(about)];
}

function isCron({ type }: TriggerDraft): boolean {
  return type === 'cron';
}

function presetStep(): Step {
  return {
    id: 'preset',
    applies: isCron,
    run: async (prompts, draft) => {
      const before = draft.preset;
      draft.preset = await prompts.pick<Preset>({
        placeholder: asking(draft, 'preset', l10n.t('When does it fire? Times are Korean.')),
        active: draft.preset,
        items: [
          { label: l10n.t('Every 5 minutes'), description: '*/5 * * * *', value: 'fiveMinutes' },
          { label: l10n.t('Every hour'), description: '0 * * * *', value: 'hourly' },
          { label: l10n.t('Every day at…'), value: 'daily' },
          { label: l10n.t('Every week on…'), value: 'weekly' },
          { label: l10n.t('Another schedule…'), description: l10n.t('five fields of cron'), value: 'own' },
        ],
      });
      if (draft.preset !== before || draft.cronOption === '') draft.cronOption = scheduleOf(draft);
      if (draft.preset === 'weekly') return 'weekday';
      return draft.preset === 'daily' ? 'time' : 'cronOption';
    },
  };
}

/** The text of the answers; what was written before stays for who writes it. */
function scheduleOf({ preset, time, weekday, cronOption }: TriggerDraft): string {
  const { hour, minute } = timeOf(time) ?? { hour: 0, minute: 0 };
  switch (preset) {
    case 'fiveMinutes':
      return '*/5 * * * *';
    case 'hourly':
      return '0 * * * *';
    case 'daily':
      return `${String(minute)} ${String(hour)} * * *`;
    case 'weekly':
      return `${String(minute)} ${String(hour)} * * ${String(weekday)}`;
    case 'own':
      return cronOption;
  }
}

function weekdayStep({ format }: CronQuestions): Step {
  return {
    id: 'weekday',
    applies: (draft) => isCron(draft) && draft.preset === 'weekly',
    run: async (prompts, draft) => {
      const names = new Intl.DateTimeFormat(format.locale, { weekday: 'long', timeZone: 'UTC' });
      draft.weekday = await prompts.pick({
        placeholder: asking(draft, 'weekday', l10n.t('On which day of the week?')),
        active: draft.weekday,
        // 4 January 1970 was a Sunday.
        items: [1, 2, 3, 4, 5, 6, 0].map((value) => ({ label: names.format(Date.UTC(1970, 0, 4 + value)), value })),
      });
      return 'time';
    },
  };
}

function timeStep(): Step {
  const step = textStep({
    field: 'time',
    applies: (draft) => isCron(draft) && (draft.preset === 'daily' || draft.preset === 'weekly'),
    prompt: () => l10n.t('At what time, in Korea?'),
    placeholder: '09:00',
    problemOf: timeProblem,
  });
  return {
    ...step,
    run: async (prompts, draft) => {
      await step.run(prompts, draft);
      draft.cronOption = scheduleOf(draft);
      return 'cronOption';
    },
  };
}

function cronStep(about: CronQuestions): Step {
  return {
    id: 'cronOption',
    applies: isCron,
    run: async (prompts, draft) => {
      const keep = (typed: string): void => void (draft.cronOption = typed.trim());
      keep(await prompts.input({
        // What is said of a text shows once it is changed: the proposal's times stand in the question.
        prompt: asking(draft, 'cronOption', [
          l10n.t('Minute, hour, day of the month, month, day of the week (0 to 7); times are Korean.'),
          ...(draft.cronOption === '' ? [] : [scheduleNote(draft.cronOption, about).message]),
        ].join(' ')),
        placeholder: '*/5 * * * *',
        value: draft.cronOption,
        validate: (text) => scheduleNote(text, about),
        onBack: keep,
      }));
      return undefined;
    },
  };
}

/** What is wrong with a schedule, or when it is due next. */
function scheduleNote(text: string, { format, now }: CronQuestions): InputNote {
  const problem = errorNote(cronProblem(text));
  if (problem !== undefined) return problem;
  const times = nextFirings(text, FIRINGS, now()).map((ms) => koreanTime(ms, format));
  if (times.length === 0) return { severity: 'warning', message: l10n.t('No day matches this schedule: the trigger never fires.') };
  return { severity: 'info', message: l10n.t('Next times in Korea: {0}', times.join(' · ')) };
}
