import * as fs from 'node:fs';
import * as path from 'node:path';
import { isRecord } from './json.ts';

/** The root folder of this project. */
export const projectFolder = path.resolve(import.meta.dirname, '../..');

/** Ignored folder for what is fetched and built once: the VS Code server, Chromium's profiles, pictures of failures. */
export const cacheFolder = path.join(projectFolder, '.cache');

/** A path inside the project, from its parts. */
export function inProject(...parts: readonly string[]): string {
  return path.join(projectFolder, ...parts);
}

/** The fields of package.json the harness needs. */
export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  /** The entry point, as a path from the folder. */
  readonly main: string;
  readonly files: readonly string[];
}

/**
 * Reads name, publisher, version and the list of packaged files from a package.json.
 * Throws where a field is missing, naming it.
 */
export function readManifest(folder: string): Manifest {
  const file = path.join(folder, 'package.json');
  const json: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  const text = (key: string): string => {
    const value = isRecord(json) ? json[key] : undefined;
    if (typeof value !== 'string') {
      throw new Error(`${file} has no "${key}".`);
    }
    return value;
  };
  const files = isRecord(json) && Array.isArray(json['files']) ? json['files'] : [];
  return {
    name: text('name'),
    publisher: text('publisher'),
    version: text('version'),
    main: text('main'),
    files: files.filter((entry): entry is string => typeof entry === 'string'),
  };
}
