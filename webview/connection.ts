import type { PageCall } from '../src/protocol/calls.ts';
import type { HostEvent } from '../src/protocol/dashboard.ts';

/** What the editor gives to the page of a panel; it can be taken once. */
interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The way to the host of the panel: calls out, events in, and the state that the editor keeps over a reload. */
export class Connection {
  readonly #api: EditorApi = acquireVsCodeApi();

  /** Asks something of the host. */
  call(call: PageCall): void {
    this.#api.postMessage(call);
  }

  /** What was kept; anything may stand there. */
  get kept(): unknown {
    return this.#api.getState();
  }

  /** Keeps a JSON value. */
  keep(state: unknown): void {
    this.#api.setState(state);
  }

  /** Tells what the host says. Only the editor can post into the page: its frame belongs to nobody else. */
  listen(listener: (event: HostEvent) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<HostEvent>) => listener(data));
  }
}
