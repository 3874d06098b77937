import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { scenes } from '../e2e/scenes.ts';
import { keepEvidence, openWindow } from '../e2e/window.ts';
import { requireKoreanFonts } from './browser.ts';
import { exitOnSignals } from './processes.ts';
import { inProject } from './project.ts';
import type { Language } from './serve.ts';
import type { Theme } from './settings.ts';

/**
 * Takes pictures of every scene in every theme and language into `screenshots/`, as `<scene>.<theme>.<language>.png`.
 * `--scene`, `--theme` and `--language` choose some; each may be given more than once.
 */
const { values } = parseArgs({
  options: {
    scene: { type: 'string', multiple: true },
    theme: { type: 'string', multiple: true },
    language: { type: 'string', multiple: true },
  },
});

const allThemes: readonly Theme[] = ['dark', 'light', 'highContrast', 'highContrastLight'];
const allLanguages: readonly Language[] = ['en', 'ko', 'ja'];

function chosen<T extends string>(all: readonly T[], names: readonly string[] | undefined, what: string): readonly T[] {
  const unknown = names?.find((name) => !all.some((each) => each === name));
  if (unknown !== undefined) {
    throw new Error(`There is no ${what} "${unknown}". Choose from ${all.join(', ')}.`);
  }
  return names === undefined ? all : all.filter((each) => names.includes(each));
}

async function takePictures(theme: Theme, language: Language, names: readonly string[]): Promise<void> {
  const window = await openWindow({ theme, language, companion: true, width: 1280, height: 800 });
  try {
    for (const scene of scenes.filter(({ name }) => names.includes(name))) {
      const file = inProject('screenshots', `${scene.name}.${theme}.${language}.png`);
      try {
        await scene.prepare(window);
        await window.screenshot(file);
        process.stdout.write(`${path.relative(inProject(), file)}\n`);
      } catch (error) {
        await keepEvidence(window, `${scene.name}.${theme}.${language}`);
        process.stderr.write(`${scene.name} (${theme}, ${language}): ${String(error)}\n`);
        process.exitCode = 1;
      }
    }
  } finally {
    await window.close();
  }
}

exitOnSignals();
await requireKoreanFonts();
const names = chosen(scenes.map(({ name }) => name), values.scene, 'scene');
for (const theme of chosen(allThemes, values.theme, 'theme')) {
  for (const language of chosen(allLanguages, values.language, 'language')) {
    await takePictures(theme, language, names);
  }
}
