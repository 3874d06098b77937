import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulator } from '../../src/emulator/emulator.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';

/** Settings under which nothing but this machine can be reached: the documented hosts are behind a proxy that is not there. */
export const NOTHING_OUTSIDE: Readonly<Record<string, unknown>> = {
  'http.proxy': 'http://127.0.0.1:1',
  'http.noProxy': ['127.0.0.1', 'localhost'],
};

/** Where the emulator of a window's demo accounts is, for the extension in that window. */
export function demoAt({ credentials }: Emulator): NodeJS.ProcessEnv {
  return { CLOUD_STREAMS_EMULATOR: JSON.stringify(credentials) };
}

/** A server on this machine. */
export interface Place {
  readonly origin: string;
  close(): Promise<void>;
}

/** A network that answers everything with the HTML page of its login. */
export async function startLoginPage(): Promise<Place> {
  return listen(createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Log in</title><h1>Log in to this network</h1>');
  }));
}

/** A server that takes every request and never answers. */
export async function startSilence(): Promise<Place> {
  return listen(createServer(() => undefined));
}

/** An address of this machine where nothing listens. */
export async function closedOrigin(): Promise<string> {
  const place = await listen(createServer());
  await place.close();
  return place.origin;
}

/** Every kind of cloud a picture is taken of. */
export interface Places {
  readonly demo: Emulator;
  /** Clouds nobody has used yet. */
  readonly empty: Emulator;
  /** EasyQueue with more than 3,000 topics. */
  readonly large: Emulator;
  readonly loginPage: Place;
  readonly closed: string;
  close(): Promise<void>;
}

/** Starts them all. */
export async function startPlaces(): Promise<Places> {
  const [demo, empty, large, loginPage, closed] = await Promise.all([
    startEmulator({ timings: { activationGapMs: 300 } }),
    startEmulator({ sampleData: 'none' }),
    startEmulator({ extraTopics: 3_000 }),
    startLoginPage(),
    closedOrigin(),
  ]);
  const all = [demo, empty, large, loginPage];
  return {
    demo,
    empty,
    large,
    loginPage,
    closed,
    close: async () => {
      await Promise.all(all.map(async (place) => place.close()));
    },
  };
}

async function listen(server: Server): Promise<Place> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
