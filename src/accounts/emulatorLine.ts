import * as z from 'zod/mini';

import { checkEndpoint, isLoopback } from './endpoint.ts';

const text = z.string().check(z.minLength(1));
/** Never anything but this machine: the variable that tells it is set by whoever starts the editor. */
const loopbackOrigin = z.string().check(z.refine((origin) => isLoopback(origin) && checkEndpoint(origin).value === origin));

const credentials = z.object({
  naver: z.object({ accessKeyId: text, secretKey: text, dataStream: loopbackOrigin, messages: loopbackOrigin, cloudFunctions: loopbackOrigin }),
  nhn: z.object({ userAccessKeyId: text, secretAccessKey: text, appKey: text, token: loopbackOrigin, easyQueue: loopbackOrigin }),
});

/** What the emulator says about itself: keys and addresses of its two accounts. */
export type EmulatorCredentials = z.infer<typeof credentials>;

/** Reads the line of `npm run emulator -- --json`; undefined for anything else, and for addresses of other machines. */
export function parseEmulatorLine(line: string): EmulatorCredentials | undefined {
  try {
    return credentials.safeParse(JSON.parse(line)).data;
  } catch {
    // The error of JSON.parse quotes the text.
    return undefined;
  }
}
