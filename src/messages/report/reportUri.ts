/** What a report is about: a plan, or the run of a result. */
export interface ReportAddress {
  readonly kind: 'plan' | 'run';
  readonly id: string;
}

/** Endings by which the editor knows the language; see `contributes.languages`. */
const ENDINGS: Readonly<Record<ReportAddress['kind'], string>> = { plan: '.send-plan', run: '.send-result' };
const MAX_NAME = 80;

/** The path of a report's document: `/{kind}/{id}/{topic}{ending}`. The name at the end is for people. */
export function reportPath({ kind, id }: ReportAddress, topicName: string): string {
  const name = topicName.slice(0, MAX_NAME).replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
  return `/${kind}/${encodeURIComponent(id)}/${name}${ENDINGS[kind]}`;
}

/** What a path of {@link reportPath} is about; `undefined` for any other. */
export function readReportPath(path: string): ReportAddress | undefined {
  const [start, kind, id, name, ...others] = path.split('/');
  if (start !== '' || (kind !== 'plan' && kind !== 'run') || id === undefined || name === undefined || others.length > 0) return undefined;
  try {
    return { kind, id: decodeURIComponent(id) };
  } catch {
    return undefined;
  }
}

/** Names a report among others. */
export function reportKey({ kind, id }: ReportAddress): string {
  return `${kind} ${id}`;
}
