import { findOnPath, run } from './processes.ts';

/**
 * Installs Debian packages where that is possible: apt-get is there and this user is root.
 * Throws otherwise, saying what is missing, what needs it and how to install it.
 */
export async function installDebianPackages(packages: readonly string[], purpose: string): Promise<void> {
  const list = packages.join(' ');
  if (findOnPath('apt-get') === undefined) {
    throw new Error(`${purpose} needs ${list}. Install them with this system's package manager and run again.`);
  }
  if (process.getuid?.() !== 0) {
    throw new Error(`${purpose} needs ${list}. Run "sudo apt-get install ${list}" and run again.`);
  }
  process.stderr.write(`Installing ${list} (${purpose})…\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}
