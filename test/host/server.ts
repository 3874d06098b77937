import * as fs from 'node:fs';
import * as path from 'node:path';
import { installDebianPackages } from './debian.ts';
import { isRecord } from './json.ts';
import { findOnPath, removeFolder, run } from './processes.ts';
import { cacheFolder } from './project.ts';

/** A VS Code server that is ready to be started. */
export interface VsCodeServer {
  /** The version of VS Code in it, such as "1.139.1". */
  readonly vscodeVersion: string;
  /** The Node.js program it has to run under. */
  readonly node: string;
  /** The folder of the npm package `code-server`. */
  readonly folder: string;
}

/** Which VS Code to fetch: the newest one tested, or the oldest one `engines.vscode` promises. */
export type VsCodeChoice = 'newest' | 'oldest';

interface Release {
  /** The version of the npm package `code-server`. */
  readonly codeServer: string;
  readonly vscode: string;
  /** The major version of Node.js the server is made for: its native modules and its API depend on it. */
  readonly node: string;
  /** Modules to compile, by the folder they belong to: all others are optional there or come compiled. */
  readonly native: Readonly<Record<string, readonly string[]>>;
}

const vscodeFolder = 'node_modules/code-server/lib/vscode';

const releases: Readonly<Record<VsCodeChoice, Release>> = {
  newest: {
    codeServer: '4.139.1',
    vscode: '1.139.1',
    node: '24',
    native: { [vscodeFolder]: ['@vscode/spdlog', '@vscode/native-watchdog'] },
  },
  oldest: {
    codeServer: '4.103.2',
    vscode: '1.103.2',
    node: '22',
    native: { '.': ['argon2'], [vscodeFolder]: ['@vscode/spdlog', 'native-watchdog'] },
  },
};

/** Reads the choice from the environment variable VSCODE_VERSION ("newest", the default, or "oldest"). Throws on anything else. */
export function chosenVsCode(env: NodeJS.ProcessEnv = process.env): VsCodeChoice {
  const choice = env['VSCODE_VERSION'] ?? 'newest';
  if (choice !== 'newest' && choice !== 'oldest') {
    throw new Error(`VSCODE_VERSION is "${choice}". Set it to "newest" or "oldest".`);
  }
  return choice;
}

/**
 * Returns the VS Code server, fetched from the npm registry and built in the cache folder on first use.
 * It is made in a folder of its own and moved into place at the end, so a run that is cut off leaves nothing
 * half done, and two runs at once do not disturb each other.
 * Throws, saying what to do, where it cannot be had.
 */
export async function obtainServer(choice: VsCodeChoice): Promise<VsCodeServer> {
  if (process.platform === 'win32') {
    throw new Error('The VS Code server does not build on Windows. Use WSL, or the desktop: "npm run test:electron".');
  }
  const release = releases[choice];
  const name = `vscode-${release.vscode}-${process.platform}-${process.arch}`;
  const target = path.join(cacheFolder, name);
  if (!fs.existsSync(path.join(target, 'ready.json'))) {
    removeAbandoned(name);
    const build = path.join(cacheFolder, `${name}.building-${String(process.pid)}`);
    try {
      await buildServer(release, build);
      moveIntoPlace(build, target);
    } finally {
      removeFolder(build);
    }
  }
  return {
    vscodeVersion: release.vscode,
    node: path.join(target, 'node_modules', nodePackage(), 'bin/node'),
    folder: path.join(target, 'node_modules/code-server'),
  };
}

/** The npm package that carries the Node.js program with its headers, named by its publisher for each system. */
function nodePackage(): string {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform}-${process.arch}`;
}

async function buildServer(release: Release, folder: string): Promise<void> {
  await requireCompiler();
  process.stderr.write(`Fetching and building VS Code ${release.vscode} (once; takes two to four minutes)…\n`);
  fs.mkdirSync(folder, { recursive: true });
  const nodeFolder = path.join(folder, 'node_modules', nodePackage());
  const env = npmEnvironment(nodeFolder);
  const manifest = {
    private: true,
    dependencies: { 'code-server': release.codeServer, [nodePackage()]: release.node },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  // No install scripts: the package's own would fetch from elsewhere and compile much that is not needed.
  const quiet = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['install', ...quiet], folder, env);
  await npm(['install', ...quiet], path.join(folder, vscodeFolder), env);
  await npm(['install', ...quiet], path.join(folder, vscodeFolder, 'extensions'), env);
  for (const [place, modules] of Object.entries(release.native)) {
    await compile(path.join(folder, place), modules, env);
  }
  fs.writeFileSync(path.join(folder, 'ready.json'), JSON.stringify({ vscode: release.vscode, node: release.node }));
}

async function compile(folder: string, modules: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  allowScripts(path.join(folder, 'package.json'), modules);
  await npm(['rebuild', '--loglevel=error', ...modules], folder, env);
  for (const module of modules) {
    await run('node', ['-e', `require(${JSON.stringify(module)})`], { cwd: folder, env });
  }
}

/** npm 11 reports, and later versions refuse, install scripts that package.json does not allow; npm 10 knows no such field. */
function allowScripts(manifestFile: string, modules: readonly string[]): void {
  const manifest: unknown = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
  if (!isRecord(manifest)) {
    throw new Error(`${manifestFile} is no JSON object.`);
  }
  const allowed = isRecord(manifest['allowScripts']) ? manifest['allowScripts'] : {};
  const added = Object.fromEntries(modules.map((module) => [module, true]));
  fs.writeFileSync(manifestFile, JSON.stringify({ ...manifest, allowScripts: { ...allowed, ...added } }, null, 2));
}

/**
 * The environment for npm: the server's own Node.js comes first and its headers are the ones compiled against
 * (otherwise node-gyp would download them), and what an outer `npm run` says about this project is left out.
 */
function npmEnvironment(nodeFolder: string): NodeJS.ProcessEnv {
  const outer = /^(npm_(package|lifecycle)_|npm_config_local_prefix$|npm_config_ignore_scripts$|npm_command$|INIT_CWD$)/iu;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name))),
    PATH: `${path.join(nodeFolder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: nodeFolder,
    npm_config_build_from_source: 'true',
  };
}

async function npm(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  await run('npm', args, { cwd, env });
}

async function requireCompiler(): Promise<void> {
  const tools = ['g++', 'make', 'python3'];
  const missing = tools.filter((tool) => findOnPath(tool) === undefined);
  if (missing.length === 0) {
    return;
  }
  if (process.platform === 'darwin') {
    throw new Error(`Building the VS Code server needs ${missing.join(', ')}. Run "xcode-select --install" and run again.`);
  }
  await installDebianPackages(missing, 'Building the VS Code server');
}

function moveIntoPlace(build: string, target: string): void {
  try {
    fs.renameSync(build, target);
  } catch (error) {
    if (!fs.existsSync(path.join(target, 'ready.json'))) {
      throw error;
    }
    // Another run was first; its result is the same.
  }
}

/** Removes what runs that no longer exist had begun to build. */
function removeAbandoned(name: string): void {
  if (!fs.existsSync(cacheFolder)) {
    return;
  }
  const prefix = `${name}.building-`;
  for (const entry of fs.readdirSync(cacheFolder)) {
    if (entry.startsWith(prefix) && !isAlive(Number(entry.slice(prefix.length)))) {
      removeFolder(path.join(cacheFolder, entry));
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isRecord(error) && error['code'] === 'EPERM';
  }
}
