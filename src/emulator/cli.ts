import process from 'node:process';
import { parseCli, usage } from './cliOptions.ts';
import type { CliOptions } from './cliOptions.ts';
import { startEmulator } from './emulator.ts';
import type { Credentials, Emulator } from './emulator.ts';

/** The emulator by itself: `npm run emulator -- [--json] [--port P] [--topics N] [--groups N] [--seed S] [--activation-gap MS]`. */
async function main(): Promise<void> {
  const options = parseCli(process.argv.slice(2));
  if (options === undefined) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const emulator = await start(options);
  if (emulator === undefined) return;
  const stop = (): void => {
    void emulator.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Last: whoever reads this may send a signal at once.
  process.stdout.write(options.json ? `${JSON.stringify(emulator.credentials)}\n` : describe(emulator.credentials));
}

async function start({ port, seed, topics, groups, activationGap }: CliOptions): Promise<Emulator | undefined> {
  try {
    const options = { port, extraTopics: topics, extraGroups: groups, timings: { activationGapMs: activationGap } };
    return await startEmulator(seed === undefined ? options : { ...options, seed });
  } catch (error) {
    process.stderr.write(`The emulator cannot listen on 127.0.0.1:${String(port)}. ${reasonOf(error)}\n`);
    process.exitCode = 1;
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The port is in use: choose another one with --port, or leave it out.';
  if (code === 'EACCES') return 'The port needs more rights: choose one above 1023.';
  return error instanceof Error ? error.message : String(error);
}

function describe({ naver, nhn }: Credentials): string {
  return `Cloud Streams emulator at ${naver.dataStream} (stop with Ctrl+C)

NAVER Cloud: Data Stream, Cloud Functions
  sub account    access key id  ${naver.accessKeyId}
                 secret key     ${naver.secretKey}
  main account   access key id  ${naver.mainAccessKeyId}   (cannot send messages)
                 secret key     ${naver.mainSecretKey}

NHN Cloud: EasyQueue
  user access key id   ${nhn.userAccessKeyId}
  secret access key    ${nhn.secretAccessKey}
  app key              ${nhn.appKey}

Addresses: /api/v1, /api/produce, /ncf/api/v2, /api/v2, /v1.0/appkeys, /oauth2/token
Web actions: ${naver.cloudFunctions}/web/{packageName}/{actionName}/{http, json, html, svg or text}
Messages sent to a topic: ${naver.dataStream}/_emulator/topics/{topicName}
`;
}

await main();
