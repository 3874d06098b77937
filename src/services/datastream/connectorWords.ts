import * as l10n from '@vscode/l10n';

/** Sizes of a connector (datastream.md §4.1). */
export const CONSUMER_SPECS = ['SMALL', 'MEDIUM'] as const;
/** Folders by date (datastream.md §4.1). */
export const DATE_FORMATS = ['NONE', 'YEAR', 'MONTH', 'DAY', 'HOUR'] as const;
/** How the values of messages are written (datastream.md §4.1). */
export const SCHEMA_TYPES = ['STRING', 'JSON', 'AVRO', 'PROTOBUF'] as const;

/** What a size can do; undefined for one that is not known here. */
export function consumerSpecWords(spec: string): string | undefined {
  switch (spec) {
    case 'SMALL':
      return l10n.t('1 container, up to {0} KB/s for each partition', 250);
    case 'MEDIUM':
      return l10n.t('2 containers, up to {0} KB/s for each partition', 500);
    default:
      return undefined;
  }
}

/** What the folders are made of; undefined for a word that is not known here. */
export function dateFormatWords(format: string): string | undefined {
  switch (format) {
    case 'NONE':
      return l10n.t('No folders by date');
    case 'YEAR':
      return l10n.t('A folder each year');
    case 'MONTH':
      return l10n.t('A folder each month');
    case 'DAY':
      return l10n.t('A folder each day');
    case 'HOUR':
      return l10n.t('A folder each hour');
    default:
      return undefined;
  }
}

/** Where files of a connector lie, as far as it is settled. */
export interface FilePlace {
  /** `s3a://bucket/path` */
  readonly location: string;
  readonly includeTopicInPath: boolean;
  readonly topicName: string;
  readonly dateFormat: string;
}

/**
 * Where a message of this moment ends up, e.g. `s3a://logs/h4j6l-orders/year=2026/month=01/`. An example: the documents do not say which
 * time zone counts, so it is the one of the consoles, UTC+09:00.
 */
export function examplePath({ location, includeTopicInPath, topicName, dateFormat }: FilePlace, nowMs: number): string {
  return [location, ...(includeTopicInPath ? [topicName] : []), ...dateFolders(dateFormat, nowMs)].join('/') + '/';
}

/** The folders of a moment (datastream.md §4.1). */
function dateFolders(dateFormat: string, nowMs: number): readonly string[] {
  const iso = new Date(nowMs + 9 * 3_600_000).toISOString();
  const folders = [`year=${iso.slice(0, 4)}`, `month=${iso.slice(5, 7)}`, `day=${iso.slice(8, 10)}`, `hour=${iso.slice(11, 13)}`];
  const depth = DATE_FORMATS.findIndex((word) => word === dateFormat);
  return folders.slice(0, Math.max(0, depth));
}
