import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';

/** How a program is started. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** 'show' passes the output on as it comes; 'keep' shows it only in the error when the program fails. */
  readonly output?: 'show' | 'keep';
}

/** Runs a program to its end and returns its exit code (128 and more: ended by a signal). Throws if it cannot be started. */
export async function exitCode(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'inherit', 'inherit'] });
  return codeOf(child);
}

/** Runs a program to its end and returns what it wrote. Throws with the last lines of its output if it fails. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    if (options.output === 'show') {
      process.stderr.write(chunk);
    }
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await codeOf(child);
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-40).join('\n');
    throw new Error(`"${command} ${args.join(' ')}" ended with ${String(code)}:\n${tail}`);
  }
  return output;
}

async function codeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]));
    });
  });
}

/** A long-running program together with everything it starts. */
export interface Service {
  /** Resolves with the first group of the first line that matches; rejects with the output so far if the program ends before. */
  waitForLine(pattern: RegExp): Promise<string>;
  /** Resolves when the program has ended. */
  readonly ended: Promise<number>;
  /** Ends the program and all its children; safe to call again. */
  end(): Promise<void>;
}

/**
 * Ends its whole process group when descriptor 3 closes, which happens however this process ends, and becomes
 * the program given as its arguments.
 */
const GUARD = '(read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Starts a program as the head of a process group of its own, so that nothing it started outlives it:
 * the whole group is ended by `end()` and, at the latest, when this process exits or is killed.
 * Its output goes to the given log file.
 */
export function startService(
  command: string,
  args: readonly string[],
  options: RunOptions & { readonly logFile: string },
): Service {
  const child = spawn('sh', ['-c', GUARD, 'sh', command, ...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const killGroup = (): void => {
    killTree(child);
  };
  process.once('exit', killGroup);
  child.once('exit', killGroup);
  const ended = codeOf(child).finally(() => {
    process.off('exit', killGroup);
  });
  // Whoever waits for a line or for the end sees the failure; nobody having to wait is not an error of its own.
  ended.catch(() => undefined);
  const lines = collectLines(child, options.logFile);
  return {
    ended,
    waitForLine: async (pattern) => lines.waitFor(pattern, ended, command),
    end: async () => {
      killGroup();
      await ended.catch(() => undefined);
    },
  };
}

interface Lines {
  waitFor(pattern: RegExp, ended: Promise<number>, command: string): Promise<string>;
}

function collectLines(child: ChildProcess, logFile: string): Lines {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.createWriteStream(logFile, { flags: 'a' });
  const seen: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      seen.push(line);
      listeners.forEach((listener) => {
        listener(line);
      });
    });
  }
  return {
    waitFor: async (pattern, ended, command) =>
      new Promise((resolve, reject) => {
        const look = (line: string): void => {
          const match = pattern.exec(line);
          if (match !== null) {
            listeners.delete(look);
            resolve(match[1] ?? match[0]);
          }
        };
        listeners.add(look);
        seen.forEach(look);
        ended.then((code) => {
          reject(new Error(`${command} ended with ${String(code)}:\n${seen.slice(-30).join('\n')}`));
        }, reject);
      }),
  };
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already; on systems without groups the program itself is what can be ended.
    child.kill('SIGKILL');
  }
}

/** Turns Ctrl+C and a request to end into an ordinary exit, on which every service started here is ended. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
  }
}

/** A new empty folder that is removed when this process exits. */
export function temporaryFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `cloud-streams-${name}-`));
  process.once('exit', () => {
    removeFolder(folder);
  });
  return folder;
}

/** Removes a folder with all it holds; one that is missing, or held by a program just ending, is no error. */
export function removeFolder(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    // Left to the system's own cleaning of its temporary folder.
  }
}

/** Whether a program can be found on the PATH. */
export function findOnPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
      } catch {
        return false;
      }
    });
}

