import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { JsonObject } from '../../json.ts';
import { toJson } from '../../json.ts';
import type { ActionSpec } from '../model.ts';
import { runChild } from './child.ts';
import type { ChildOutcome } from './child.ts';
import { Guard } from './guard.ts';
import { nodeProgram } from './nodeProgram.ts';
import { pythonProgram } from './pythonProgram.ts';
import { ArchiveError, unzip } from './unzip.ts';

/** Languages that are run for real. */
export type Language = 'node' | 'python';

/** One run of an action's code. */
interface Job {
  readonly name: string;
  readonly exec: ActionSpec['exec'];
  /** ms and MB */
  readonly limits: { readonly timeout: number; readonly memory: number };
  readonly parameters: JsonObject;
  /** The emulator's time of one of this computer's moments, both in ms since the epoch. */
  readonly timeOf: (at: number) => number;
}

interface Home {
  readonly folder: string;
  readonly node: string;
  readonly python: string;
  readonly guard: Guard;
}

/**
 * What a runtime needs besides what the function may have, in MB: a limit of memory is one of V8's heap, and beyond both ends the run,
 * where buffers or modules took it.
 */
const runtimeMb = 192;

/** A defect of an archive, or of what stands around the function. */
const badArchive = 'Initialization has failed due to: There was an error uncompressing the action archive.';

/**
 * Runs code in child processes: one for each run, each in a temporary folder of its own. Nothing is there before the first run, and
 * nothing is left after `close`.
 */
export class Runtimes {
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #home: Promise<Home> | undefined;
  #python: Promise<string | undefined> | undefined;

  /** Ends with `close`: for whatever else must not outlive the emulator. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** What runs this kind here (`nodejs:22`, `python:3.13`, …); `undefined` where nothing does. */
  async languageOf(kind: string): Promise<Language | undefined> {
    if (kind.startsWith('nodejs:')) return 'node';
    if (!kind.startsWith('python:')) return undefined;
    this.#python ??= findPython();
    return (await this.#python) === undefined ? undefined : 'python';
  }

  /** Runs a job; never rejects. */
  run(language: Language, job: Job): Promise<ChildOutcome> {
    const run = this.#run(language, job).catch((error: unknown): ChildOutcome => {
      if (error instanceof ArchiveError) {
        return { ending: { kind: 'failed', message: `${badArchive} ${error.message}` }, logs: [] };
      }
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      return { ending: { kind: 'unstarted', code }, logs: [] };
    });
    this.#running.add(run);
    void run.then(() => this.#running.delete(run));
    return run;
  }

  /** Kills what runs, waits for its end and removes all folders. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
    const home = await this.#home?.catch(() => undefined);
    if (home === undefined) return;
    await remove(home.folder);
    home.guard.end();
  }

  async #run(language: Language, job: Job): Promise<ChildOutcome> {
    if (this.signal.aborted) return { ending: { kind: 'stopped' }, logs: [] };
    const home = await this.#openHome();
    const folder = await mkdtemp(join(home.folder, 'run-'));
    try {
      const place = join(folder, 'action');
      await mkdir(place);
      const jobFile = join(folder, 'job.json');
      await Promise.all([writeFile(jobFile, jobText(job)), ...(job.exec.binary === true ? [putFiles(place, job)] : [])]);
      const { timeout, memory } = job.limits;
      const common = {
        folder: place,
        timeoutMs: timeout,
        mostMb: memory + runtimeMb,
        guard: home.guard,
        signal: this.signal,
        timeOf: job.timeOf,
      };
      if (language === 'node') {
        const args = [`--max-old-space-size=${String(memory)}`, home.node, jobFile];
        return await runChild({ ...common, command: process.execPath, args });
      }
      const command = (await this.#python) ?? '';
      return await runChild({ ...common, command, args: ['-I', '-B', '-X', 'utf8', home.python, jobFile] });
    } finally {
      await remove(folder);
    }
  }

  /** Where the programs are; made again where temporary files were cleaned away. */
  #openHome(): Promise<Home> {
    this.#home = (this.#home ?? makeHome()).then((home) => (existsSync(home.node) ? home : makeHome()), makeHome);
    return this.#home;
  }
}

function jobText({ name, exec, limits, parameters }: Job): string {
  const { code = '', binary = false, main = 'main' } = exec;
  return toJson({ name, code: binary ? '' : code, binary, main, memory: limits.memory, mostMb: limits.memory + runtimeMb, parameters });
}

async function putFiles(place: string, { exec }: Job): Promise<void> {
  for (const { path, data } of unzip(Buffer.from(exec.code ?? '', 'base64'))) {
    const file = join(place, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, data);
  }
}

/** The programs, once for each emulator. */
async function makeHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'cloud-streams-'));
  const home = { folder, node: join(folder, 'node.cjs'), python: join(folder, 'python.py'), guard: new Guard(folder) };
  await Promise.all([writeFile(home.node, nodeProgram), writeFile(home.python, pythonProgram)]);
  return home;
}

/** On Windows a folder stays busy for a moment after the process that worked in it was killed. */
function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
}

/** Where Python 3 really is: what the search path finds may be a script that needs an environment. */
function findPython(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const args = ['-I', '-c', 'import sys; print(sys.executable)'];
    execFile('python3', args, { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      const path = stdout.trim();
      resolve(error === null && path !== '' ? path : undefined);
    });
  });
}
