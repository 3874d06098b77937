import { dataStreamStatus } from '../choices.ts';
import { jsonReply, Refusal } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';

/** Codes of datastream.md §6.4 that a client can cause. */
export type DataStreamCode = keyof typeof dataStreamStatus;

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

/** A flat error (datastream.md §6.2); without code it is exactly the documented sample. */
export function problem(request: EmulatorRequest, status: number, detail?: string, code?: DataStreamCode): Reply {
  const title = titles[status] ?? 'Error';
  // The sample's `instance` is the path inside of the service: /stream/api/topics/… (datastream.md §1).
  const instance = `/stream/api/${request.segments.slice(2).join('/')}`;
  return jsonReply(status, { type: 'about:blank', title, status, instance, detail: detail ?? title, code });
}

/** Ends the request with a documented code. */
export function refuse(request: EmulatorRequest, code: DataStreamCode, detail: string): Refusal {
  return new Refusal(problem(request, dataStreamStatus[code], detail, code));
}

/** Ends the request because its body cannot be read at all. */
export function unreadable(request: EmulatorRequest): Refusal {
  return new Refusal(problem(request, 400));
}
