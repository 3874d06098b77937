import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import process from 'node:process';
import { Readable } from 'node:stream';
import { isObject, tryParse } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Guard } from './guard.ts';
import { LogLines } from './logLines.ts';
import { endStrays, residentMb } from './processes.ts';

/** How a child process is started. */
interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Working folder. */
  readonly folder: string;
  /** Killed after so many ms. */
  readonly timeoutMs: number;
  /** Killed when it has more memory than so many MB, buffers and all. */
  readonly mostMb: number;
  /** Kills it when nobody else can any more. */
  readonly guard: Guard;
  /** Kills it before that. */
  readonly signal: AbortSignal;
  /** The emulator's time of one of the child's moments, both in ms since the epoch. */
  readonly timeOf: (at: number) => number;
}

/** How the function ended. */
export type Ending =
  | { readonly kind: 'result'; readonly result: JsonObject }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'large'; readonly bytes: number }
  | { readonly kind: 'memory' | 'timeout' | 'exited' | 'stopped' }
  /** The process could not be started; `code` as in `ENOENT`. */
  | { readonly kind: 'unstarted'; readonly code: string };

/** What a child process did. */
export interface ChildOutcome {
  readonly ending: Ending;
  readonly logs: readonly string[];
}

/** The longest line believed: a result of 1 MB whose every character is escaped. What an action writes there itself may never end. */
const maxLineBytes = 16 * 1_048_576;

/** The largest time a `Date` can hold, in ms. */
const maxTime = 8_640_000_000_000_000;

/** V8's last words. */
const outOfMemory = /JavaScript heap out of memory|Allocation failed|Array buffer allocation failed/;

/** How long to wait for what is left in the pipes once the process ended: something it started may hold them open. */
const drainMs = 500;

/** How often is looked at its memory. */
const lookMs = 100;

/** Runs a program that speaks as `nodeProgram` says, with an all but empty environment, until it said how it ended. */
export function runChild(options: ChildOptions): Promise<ChildOutcome> {
  const { command, args, folder, timeoutMs, mostMb, guard, signal, timeOf } = options;
  const isWindows = process.platform === 'win32';
  // A group of its own: what the function starts ends with it.
  const child: ChildProcess = spawn(command, args, {
    cwd: folder,
    env: environment(folder),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: !isWindows,
    windowsHide: true,
  });
  const unwatch = child.pid === undefined ? undefined : guard.watch(child.pid);
  return new Promise((resolve) => {
    const lines = new LogLines();
    let ending: Ending | undefined;
    let isFinished = false;
    let lastWords = '';
    let drain: NodeJS.Timeout | undefined;
    let strays = Promise.resolve();
    function end(how: Ending): void {
      ending ??= how;
      kill(child, isWindows);
    }
    function finish(): void {
      if (isFinished) return;
      isFinished = true;
      clearTimeout(timer);
      clearTimeout(drain);
      clearInterval(looks);
      unwatch?.();
      signal.removeEventListener('abort', stop);
      for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      const isMemory = ending === undefined && outOfMemory.test(lastWords);
      if (lastWords !== '' && !isMemory) lines.add('stderr', timeOf(Date.now()), lastWords);
      const outcome: ChildOutcome = { ending: isMemory ? { kind: 'memory' } : (ending ?? { kind: 'exited' }), logs: lines.end() };
      void strays.then(() => resolve(outcome));
    }
    const stop = (): void => end({ kind: 'stopped' });
    const timer = setTimeout(() => end({ kind: 'timeout' }), timeoutMs);
    const looks = setInterval(() => {
      if (residentMb(child.pid) > mostMb) end({ kind: 'memory' });
    }, lookMs);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', (error: NodeJS.ErrnoException) => {
      ending ??= { kind: 'unstarted', code: error.code ?? 'unknown' };
      finish();
    });
    // The process may be gone before it was told anything.
    child.stdin?.on('error', () => undefined);
    child.stdout?.on('data', (data: Buffer) => lines.add('stdout', timeOf(Date.now()), data.toString('utf8')));
    child.stderr?.on('data', (data: Buffer) => {
      // Not through the program: what the runtime itself has to say before it dies.
      if (lastWords.length < 65_536) lastWords += data.toString('utf8');
    });
    eachLine(child.stdio[3], (text) => {
      const frame = tryParse(text);
      if (!Array.isArray(frame)) return;
      const [kind, first, second] = frame as unknown[];
      if ((kind === 'stdout' || kind === 'stderr') && typeof first === 'number' && typeof second === 'string') {
        const at = timeOf(first);
        lines.add(kind, Math.abs(at) <= maxTime ? at : timeOf(Date.now()), second);
      } else {
        const how = endingOf(kind, first);
        if (how !== undefined) end(how);
      }
    });
    child.on('exit', () => {
      kill(child, isWindows);
      // Now, since they may hold the pipes open.
      if (child.pid !== undefined) strays = endStrays(folder, child.pid);
      drain = setTimeout(finish, drainMs);
    });
    child.on('close', finish);
  });
}

/** Nothing of this computer's environment but what a process needs to start at all. */
function environment(folder: string): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  const base = { ELECTRON_RUN_AS_NODE: '1', HOME: folder, TMPDIR: folder, TEMP: folder, TMP: folder, LANG: 'C.UTF-8' };
  return SystemRoot === undefined ? base : { ...base, SystemRoot };
}

function kill(child: ChildProcess, isWindows: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended, and its group with it.
  }
}

function endingOf(kind: unknown, value: unknown): Ending | undefined {
  if (kind === 'failed' && typeof value === 'string') return { kind, message: value };
  if (kind === 'large' && typeof value === 'number') return { kind, bytes: value };
  if (kind === 'memory') return { kind };
  if (kind !== 'result' || typeof value !== 'string') return undefined;
  const result = tryParse(value);
  return isObject(result)
    ? { kind, result: result as JsonObject }
    : { kind: 'failed', message: 'The action did not return a dictionary.' };
}

function eachLine(stream: unknown, take: (line: string) => void): void {
  if (!(stream instanceof Readable)) return;
  let pieces: Buffer[] = [];
  let size = 0;
  stream.on('error', () => undefined);
  stream.on('data', (data: Buffer) => {
    let from = 0;
    for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, from)) {
      const line = Buffer.concat([...pieces, data.subarray(from, at)]).toString('utf8');
      pieces = [];
      size = 0;
      from = at + 1;
      take(line);
    }
    size += data.length - from;
    if (size <= maxLineBytes && from < data.length) pieces.push(data.subarray(from));
  });
}
