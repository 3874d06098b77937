import * as fs from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';
import { inProject, projectFolder, readManifest } from './project.ts';

/**
 * Lays out the extension in `folder` as an installation would: package.json and what its allow-list "files" names.
 * Returns the extension's folder, `<publisher>.<name>-<version>`. Throws if its entry point has not been built.
 */
export function installExtension(folder: string, source = projectFolder): string {
  const manifest = readManifest(source);
  const target = path.join(folder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  const files = fs.globSync(manifest.files, { cwd: source });
  if (!files.includes(path.normalize(manifest.main))) {
    throw new Error(`${manifest.main} is missing from the extension. Run "npm run build".`);
  }
  for (const file of ['package.json', ...files]) {
    fs.cpSync(path.join(source, file), path.join(target, file), { recursive: true });
  }
  return target;
}

/** Builds the companion, which opens what a newcomer wants to see first, into `folder`; returns its folder. */
export async function installCompanion(folder: string): Promise<string> {
  const source = inProject('test/host/companion');
  const manifest = readManifest(source);
  const target = path.join(folder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  fs.mkdirSync(target, { recursive: true });
  fs.copyFileSync(path.join(source, 'package.json'), path.join(target, 'package.json'));
  await build({
    entryPoints: [path.join(source, 'extension.ts')],
    outfile: path.join(target, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return target;
}
