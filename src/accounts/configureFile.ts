import type { NaverZone } from '../model/account.ts';

/** A profile of the NAVER Cloud CLI. */
interface ConfiguredProfile {
  /** The section, `DEFAULT` for lines before any. */
  readonly profile: string;
  readonly accessKeyId: string | undefined;
  readonly secretKey: string | undefined;
  readonly apiUrl: string | undefined;
}

/** What a configure file holds. */
export interface ConfigureFile {
  readonly profiles: readonly ConfiguredProfile[];
  /** Numbers of the lines that are neither section, entry nor comment, from 1. Their text may be half a key, so it goes nowhere. */
  readonly brokenLines: readonly number[];
}

const FIELDS = {
  ncloud_access_key_id: 'accessKeyId',
  ncloud_secret_access_key: 'secretKey',
  ncloud_api_url: 'apiUrl',
} as const;

/**
 * Reads `~/.ncloud/configure`: INI with `#` and `;` comments, where a later line wins and sections of the same name are one. The
 * `${…}` and `%…` of other INI dialects mean nothing here. Never throws.
 */
export function parseConfigureFile(text: string): ConfigureFile {
  const sections = new Map<string, Map<string, string>>();
  const brokenLines: number[] = [];
  let section = 'DEFAULT';
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    // This also takes the byte order mark.
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const header = /^\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
    const [, key, value] = /^([A-Za-z0-9_.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (header !== undefined && header !== '') {
      section = header;
    } else if (key !== undefined && value !== undefined) {
      const entries = sections.get(section) ?? new Map<string, string>();
      sections.set(section, entries.set(key.toLowerCase(), unquoted(value)));
    } else {
      brokenLines.push(index + 1);
    }
  }
  return { profiles: [...sections].flatMap(([profile, entries]) => toProfile(profile, entries)), brokenLines };
}

/** The zone an API address belongs to, by its exact host; undefined for one that is not NAVER Cloud's. */
export function zoneOfApiUrl(url: string | undefined): NaverZone | undefined {
  const address = url?.trim() ?? '';
  if (address === '') return 'public';
  const full = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(full)) return undefined;
  const { hostname } = new URL(full);
  if (belongsTo(hostname, 'fin-ntruss.com')) return 'financial';
  if (belongsTo(hostname, 'gov-ntruss.com')) return 'government';
  return belongsTo(hostname, 'ntruss.com') ? 'public' : undefined;
}

function belongsTo(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

function toProfile(profile: string, entries: ReadonlyMap<string, string>): readonly ConfiguredProfile[] {
  const found: { accessKeyId?: string; secretKey?: string; apiUrl?: string } = {};
  for (const [key, field] of Object.entries(FIELDS)) {
    const value = entries.get(key);
    if (value !== undefined && value !== '') found[field] = value;
  }
  // Sections of other tools in the same file are none of ours.
  if (found.accessKeyId === undefined && found.secretKey === undefined) return [];
  return [{ profile, accessKeyId: found.accessKeyId, secretKey: found.secretKey, apiUrl: found.apiUrl }];
}

/** Without a comment behind it and without the quotes around it. A `#` inside a key stays: only one after a space starts a comment. */
function unquoted(value: string): string {
  const quoted = /^(["'])(.*?)\1\s*(?:[#;].*)?$/.exec(value);
  return quoted?.[2] ?? value.replace(/(?:^|\s+)[#;].*$/, '').trim();
}
