import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import process from 'node:process';

/** Memory a process has now, in MB; 0 where the system does not tell (outside of Linux), or it has ended. */
export function residentMb(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

/** How often is looked for processes that are started while others are ended. */
const looks = 3;

/**
 * Ends what a run's process `parent` started and what left its process group, known by the home folder in its environment; where the system tells of
 * environments, which is Linux. Never throws.
 */
export async function endStrays(home: string, parent: number): Promise<void> {
  if (process.platform !== 'linux') return;
  const mark = Buffer.from(`\0HOME=${home}\0`);
  for (let look = 0; look < looks; look += 1) {
    const ids = await idsAfter(parent);
    const found = await Promise.all(ids.map((id) => isMarked(id, mark)));
    const strays = ids.filter((_id, index) => found[index]);
    if (strays.length === 0) return;
    for (const id of strays) end(Number(id));
  }
}

/** Processes that may have started later, by their ids: these go up, and start again at the end. */
async function idsAfter(parent: number): Promise<readonly string[]> {
  const [names, load] = await Promise.all([readdir('/proc').catch(() => []), readFile('/proc/loadavg', 'utf8').catch(() => '')]);
  const last = Number(/\d+$/.exec(load.trim())?.[0] ?? 0);
  return names.filter((name) => /^\d+$/.test(name) && (last < parent || (Number(name) > parent && Number(name) <= last)));
}

async function isMarked(id: string, mark: Buffer): Promise<boolean> {
  try {
    // Another user's cannot be read, and is none of ours.
    const environment = await readFile(`/proc/${id}/environ`);
    return Buffer.concat([Buffer.of(0), environment]).includes(mark);
  } catch {
    return false;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
