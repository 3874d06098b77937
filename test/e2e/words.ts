import * as fs from 'node:fs';
import { inProject } from '../host/project.ts';
import type { Language } from '../host/serve.ts';

/** Gives the text a window shows in place of an English one; throws where the product has no such text. */
export type Words = (english: string, ...values: readonly string[]) => string;

/** The words of a display language, from the bundles the product ships: literals of the code and texts of the manifest alike. */
export function wordsOf(language: Language): Words {
  const suffix = language === 'en' ? '' : `.${language}`;
  const english = read('package.nls.json');
  const manifest = read(`package.nls${suffix}.json`);
  const texts = new Map(Object.entries(read(`l10n/bundle.l10n${suffix}.json`)));
  for (const [key, text] of Object.entries(english)) {
    texts.set(text, manifest[key] ?? text);
  }
  return (text, ...values) => {
    const found = texts.get(text);
    if (found === undefined) {
      throw new Error(`The product has no text "${text}" in ${language}.`);
    }
    return found.replaceAll(/\{(\d+)\}/gu, (place, index: string) => values[Number(index)] ?? place);
  };
}

function read(file: string): Readonly<Record<string, string>> {
  return JSON.parse(fs.readFileSync(inProject(file), 'utf8')) as Readonly<Record<string, string>>;
}
