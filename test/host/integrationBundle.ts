import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { removeFolder } from './processes.ts';
import { cacheFolder, inProject } from './project.ts';

/**
 * Bundles the tests that run inside the extension host, each file for itself, and returns the path of the module
 * whose `run()` runs them all. Packages stay outside the bundles: they are found in the project's node_modules.
 */
export async function bundleIntegrationTests(): Promise<string> {
  const outdir = path.join(cacheFolder, 'integration');
  const source = inProject('test/integration');
  removeFolder(outdir);
  const tests = fs.globSync('**/*.test.ts', { cwd: source }).map((file) => path.join(source, file));
  await build({
    entryPoints: [path.join(source, 'index.ts'), ...tests],
    outdir,
    outbase: source,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.cjs');
}
