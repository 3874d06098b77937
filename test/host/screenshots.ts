import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { demoAt, NOTHING_OUTSIDE, startPlaces } from '../e2e/places.ts';
import type { Scene } from '../e2e/stage.ts';
import { stories } from '../e2e/stories.ts';
import { keepEvidence, openWindow } from '../e2e/window.ts';
import { wordsOf } from '../e2e/words.ts';
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

/** One story in one theme and language. */
interface Telling {
  readonly scenes: readonly Scene[];
  readonly theme: Theme;
  readonly language: Language;
}

async function takePictures({ scenes, theme, language }: Telling, names: readonly string[]): Promise<void> {
  const places = await startPlaces();
  const window = await openWindow({ theme, language, env: demoAt(places.demo), settings: NOTHING_OUTSIDE, width: 1280, height: 800 });
  const stage = { ...window, places, say: wordsOf(language) };
  try {
    // Each scene goes on where the one before it ended, so those before the last one wanted are played, too.
    const last = scenes.findLastIndex(({ name }) => names.includes(name));
    for (const scene of scenes.slice(0, last + 1)) {
      const file = inProject('screenshots', `${scene.name}.${theme}.${language}.png`);
      try {
        await scene.prepare(stage);
        if (!names.includes(scene.name)) continue;
        await window.screenshot(file, scene);
        process.stdout.write(`${path.relative(inProject(), file)}\n`);
      } catch (error) {
        await keepEvidence(window, `${scene.name}.${theme}.${language}`);
        process.stderr.write(`${scene.name} (${theme}, ${language}): ${String(error)}\n`);
        process.exitCode = 1;
      }
    }
  } finally {
    await window.close();
    await places.close();
  }
}

exitOnSignals();
await requireKoreanFonts();
const names = chosen(stories.flat().map(({ name }) => name), values.scene, 'scene');
for (const theme of chosen(allThemes, values.theme, 'theme')) {
  for (const language of chosen(allLanguages, values.language, 'language')) {
    for (const scenes of stories.filter((story) => story.some(({ name }) => names.includes(name)))) {
      await takePictures({ scenes, theme, language }, names);
    }
  }
}
