import { spawn } from 'node:child_process';
import process from 'node:process';
import { Socket } from 'node:net';

/**
 * Reads lines that say which process groups are under way, and ends the last ones once there are no more lines: then the emulator is gone.
 * After that it ends what left its group (where `/proc` tells), and removes the folder. All of that holds for an emulator that was killed;
 * one that is closed has done so itself, and says last that nothing is under way.
 */
const program = `
while IFS= read -r line; do groups=$line; done
for group in $groups; do kill -KILL -- "-$group"; done 2>/dev/null
grep -lsF "HOME=$1/" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r none proc id rest; do kill -KILL "$id"; done 2>/dev/null
rm -rf "$1"
`;

/** Ends what runs when the emulator is killed and can do so no more; a small shell of its own, one for all runs. Does nothing on Windows. */
export class Guard {
  readonly #groups = new Set<number>();
  readonly #input: NodeJS.WritableStream | undefined;

  /** @param folder where all runs take place; removed at the end */
  constructor(folder: string) {
    if (process.platform === 'win32') return;
    // A session of its own: a signal to the emulator's group is not for it.
    const shell = spawn('/bin/sh', ['-c', program, 'sh', folder], {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    // It waits for the emulator, never the other way round.
    shell.unref();
    if (shell.stdin instanceof Socket) shell.stdin.unref();
    this.#input = shell.stdin;
  }

  /** A process group is under way; call what is returned when it has ended. */
  watch(group: number): () => void {
    this.#groups.add(group);
    this.#tell();
    return () => {
      this.#groups.delete(group);
      this.#tell();
    };
  }

  /** Nothing is under way any more. */
  end(): void {
    this.#groups.clear();
    this.#input?.end('\n');
  }

  #tell(): void {
    if (this.#input?.writable === true) this.#input.write(`${[...this.#groups].join(' ')}\n`);
  }
}
