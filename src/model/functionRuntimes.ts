/** A runtime of actions: the word of the service and what follows from it (cloudfunctions.md §10.1). */
export interface Runtime {
  /** What the service calls it, e.g. `nodejs:22`. */
  readonly kind: string;
  /** What people call it, e.g. `Node.js 22`. */
  readonly language: string;
  /** Of a file with its code, without the dot, e.g. `js`. */
  readonly extension: string;
  /** New actions can have it; of the others the support has ended. */
  readonly isCurrent: boolean;
  /** Its code may be text; where not, only archives are taken (cloudfunctions.md §5.3). */
  readonly takesText: boolean;
  /** The entry function of a new action. */
  readonly defaultMain: string;
}

/** A language, by the word before the colon of its kinds. */
interface Language extends Pick<Runtime, 'extension' | 'takesText' | 'defaultMain'> {
  readonly name: string;
}

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['nodejs', { name: 'Node.js', extension: 'js', takesText: true, defaultMain: 'main' }],
  ['python', { name: 'Python', extension: 'py', takesText: true, defaultMain: 'main' }],
  ['java', { name: 'Java', extension: 'java', takesText: false, defaultMain: 'Main' }],
  ['swift', { name: 'Swift', extension: 'swift', takesText: true, defaultMain: 'main' }],
  ['php', { name: 'PHP', extension: 'php', takesText: true, defaultMain: 'main' }],
  ['go', { name: 'Go', extension: 'go', takesText: true, defaultMain: 'main' }],
  ['dotnet', { name: '.NET', extension: 'cs', takesText: false, defaultMain: 'Function::Function.Program::Main' }],
]);

/** Those the documents name, the newest of each language first (cloudfunctions.md §10.1). */
const CURRENT_KINDS = ['nodejs:22', 'python:3.13', 'java:21', 'java', 'swift:3.1.1', 'php:7.3', 'go:1.19', 'dotnet:2.2'] as const;

/** Support ended on 2025-09-18: no new actions, old ones keep running (cloudfunctions.md §10.1). */
const PAST_KINDS = [
  'nodejs:16', 'nodejs:12', 'nodejs:8', 'nodejs:6', 'python:3.11', 'python:3.7', 'python:3.6', 'php:7.1', 'go:1.11',
] as const;

/** All runtimes the documents name; container images and sequences are none. */
export const RUNTIMES: readonly Runtime[] = [...CURRENT_KINDS, ...PAST_KINDS].flatMap((kind) => runtimeOf(kind) ?? []);

/** Those a new action can have. */
export const currentRuntimes: readonly Runtime[] = RUNTIMES.filter(({ isCurrent }) => isCurrent);

/** The runtime of a kind; one nobody has told of is known by the word before its colon. Undefined for images, sequences, and the unheard of. */
export function runtimeOf(kind: string | undefined): Runtime | undefined {
  if (kind === undefined) return undefined;
  const [word = '', version] = kind.split(':');
  const language = LANGUAGES.get(word);
  if (language === undefined) return undefined;
  const { name, ...rest } = language;
  // Without a version Java is Java 8 (cloudfunctions.md §10.1).
  const number = kind === 'java' ? '8' : version;
  // What is not among the past ones may be newer than the documents.
  return { kind, language: number === undefined ? name : `${name} ${number}`, ...rest, isCurrent: !isPast(kind) };
}

/** Extension of a file with the code of an action, without the dot; `txt` where nobody knows its language. */
export function extensionOf(kind: string | undefined): string {
  return runtimeOf(kind)?.extension ?? 'txt';
}

function isPast(kind: string): boolean {
  return PAST_KINDS.some((one) => one === kind);
}
