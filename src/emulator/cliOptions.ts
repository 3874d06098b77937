import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface CliOptions {
  readonly json: boolean;
  readonly port: number;
  readonly topics: number;
  readonly seed: number;
}

/** Printed when the command line cannot be read. */
export const usage = `Usage: npm run emulator -- [--json] [--port P] [--topics N] [--seed S]

  --json      print the accounts and addresses as one line of JSON
  --port P    listen on 127.0.0.1:P (default: any free port)
  --topics N  add N EasyQueue topics beyond the quota (0 to 100000)
  --seed S    seed of identifiers and sample data (default: 1)
`;

/** Reads the command line; `undefined` when it is wrong or asks for help. */
export function parseCli(args: readonly string[]): CliOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        port: { type: 'string' },
        topics: { type: 'string' },
        seed: { type: 'string' },
      },
    });
    const port = integer(values.port, 0, 65_535, 0);
    const topics = integer(values.topics, 0, 100_000, 0);
    const seed = integer(values.seed, 0, 4_294_967_295, 1);
    if (port === undefined || topics === undefined || seed === undefined) return undefined;
    return { json: values.json ?? false, port, topics, seed };
  } catch {
    return undefined;
  }
}

function integer(text: string | undefined, low: number, high: number, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  const value = Number(text);
  return /^\d{1,10}$/.test(text) && value >= low && value <= high ? value : undefined;
}
