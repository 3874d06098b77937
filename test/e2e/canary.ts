import * as fs from 'node:fs';
import * as path from 'node:path';

import type { Emulator } from '../../src/emulator/emulator.ts';

/** Takes note of every token the emulator hands out from now on. */
export function recordTokens({ world }: Emulator): readonly string[] {
  const issued: string[] = [];
  const issue = world.tokens.issue.bind(world.tokens);
  Object.assign(world.tokens, {
    issue: () => {
      const token = issue();
      issued.push(token);
      return token;
    },
  });
  return issued;
}

/** All forms in which a secret may have leaked: as it is, Base64 (a Basic header, SecretStorage in the clear), percent-encoded. */
export function formsOf(secrets: readonly string[]): readonly string[] {
  return secrets.flatMap((secret) => {
    const encoded = Buffer.from(secret).toString('base64').replace(/=+$/u, '');
    return [...new Set([secret, encoded, encodeURIComponent(secret)])];
  });
}

/** Every place below a folder whose bytes hold one of the texts, in UTF-8 or UTF-16: `file: first four letters`. */
export function leaksBelow(folder: string, texts: readonly string[]): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const bytes = fs.readFileSync(file);
      return texts
        .filter((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
        .map((text) => `${path.relative(folder, file)}: ${text.slice(0, 4)}…`);
    });
}
