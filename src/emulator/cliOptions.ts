import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface CliOptions {
  readonly json: boolean;
  readonly port: number;
  readonly topics: number;
  readonly groups: number;
  /** Of identifiers, sample data and keys; sample data of seed 1 and keys nobody can guess without it. */
  readonly seed: number | undefined;
  /** How long the detail of a run is missing after its end, in ms. */
  readonly activationGap: number;
}

/** Printed when the command line cannot be read. */
export const usage = `Usage: npm run emulator -- [--json] [--port P] [--topics N] [--groups N] [--seed S] [--activation-gap MS]

  --json               print the accounts and addresses as one line of JSON
  --port P             listen on 127.0.0.1:P (default: any free port)
  --topics N           add N EasyQueue topics beyond the quota (0 to 100000)
  --groups N           add an EasyQueue topic of 16 partitions with N consumer groups beyond the quota (0 to 1000)
  --seed S             seed of sample data and of the keys, which anybody can compute then (default: data of seed 1, secret keys)
  --activation-gap MS  the detail of a run is missing for so long after it ended, as in the cloud (0 to 600000; default: 30000)

Actions in Node.js run for real, each in a process of its own, and in Python where python3 is; other runtimes repeat their parameters.
They run as you, with all your rights and no sandbox: whoever has the keys can run code as you. Only run code you trust.
What an action starts is ended with its run; a process that hides itself on purpose, or outside of Linux leaves its group, may live on.
Web actions answer at http://127.0.0.1:P/web/{packageName}/{actionName}/{type}, without a signature, where {packageName} is - for none and
{type} is http, json, html, svg or text. That address is this emulator's own: in the cloud an API Gateway trigger has one.
`;

/** As long as it was seen to take in the cloud, in ms (cloudfunctions.md §6.2). */
const cloudGapMs = 30_000;

/** Reads the command line; `undefined` when it is wrong or asks for help. */
export function parseCli(args: readonly string[]): CliOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        port: { type: 'string' },
        topics: { type: 'string' },
        groups: { type: 'string' },
        seed: { type: 'string' },
        'activation-gap': { type: 'string' },
      },
    });
    const port = integer(values.port, 0, 65_535, 0);
    const topics = integer(values.topics, 0, 100_000, 0);
    const groups = integer(values.groups, 0, 1_000, 0);
    const seed = values.seed === undefined ? undefined : integer(values.seed, 0, 4_294_967_295, 0);
    const activationGap = integer(values['activation-gap'], 0, 600_000, cloudGapMs);
    if (port === undefined || topics === undefined || groups === undefined || activationGap === undefined) return undefined;
    if (seed === undefined && values.seed !== undefined) return undefined;
    return { json: values.json ?? false, port, topics, groups, seed, activationGap };
  } catch {
    return undefined;
  }
}

function integer(text: string | undefined, low: number, high: number, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  const value = Number(text);
  return /^\d{1,10}$/.test(text) && value >= low && value <= high ? value : undefined;
}
