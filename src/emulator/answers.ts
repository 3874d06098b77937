import type { ServerResponse } from 'node:http';
import { proxyPage } from './faults.ts';
import type { FaultEffect } from './faults.ts';
import type { Reply } from './http.ts';

/** Where an answer goes. */
export interface Exchange {
  readonly response: ServerResponse;
  /** Of the `Date` header. */
  readonly date: string;
  readonly method: string;
  /** What is answered instead of an answer that cannot be sent. */
  readonly failed: () => Reply;
}

/** Sends an answer; never throws, whatever an action or a test put into its headers. */
export function send(exchange: Exchange, reply: Reply): void {
  const { response, failed } = exchange;
  try {
    write(exchange, reply);
  } catch {
    try {
      write(exchange, failed());
    } catch {
      response.destroy();
    }
  }
}

function write({ response, date, method }: Exchange, reply: Reply): void {
  const body = Buffer.from(reply.body);
  const headers = { ...reply.headers, Date: date };
  // 204 has no body, and no length either (RFC 9110 §8.6).
  if (reply.status === 204) response.writeHead(204, headers).end();
  else
    response.writeHead(reply.status, { ...headers, 'Content-Length': body.length }).end(method === 'HEAD' ? '' : body);
}

/** Sends an answer, or what a fault makes of it; what waits stands in `timers`. */
export function sendFaulty(exchange: Exchange, reply: Reply, fault: FaultEffect, timers: Set<NodeJS.Timeout>): void {
  const { response, date } = exchange;
  switch (fault.kind) {
    case 'reply':
    case 'html':
      send(exchange, reply);
      return;
    case 'delay': {
      const timer = setTimeout(() => {
        timers.delete(timer);
        send(exchange, reply);
      }, fault.ms);
      timers.add(timer);
      return;
    }
    case 'hang':
      return;
    case 'truncate': {
      const body = Buffer.from(reply.body);
      response.writeHead(reply.status, { ...reply.headers, Date: date, 'Content-Length': body.length });
      response.write(body.subarray(0, Math.min(fault.bytes, body.length - 1)), () => {
        response.destroy();
      });
      return;
    }
    case 'close':
      response.destroy();
      return;
    case 'garbage':
      response.socket?.end('\u0000\u0001SSH-2.0-OpenSSH_9.6\r\n\r\nnot HTTP\r\n');
      return;
    default:
      fault satisfies never;
  }
}

/** What a fault answers instead. */
export function replyOf(fault: Extract<FaultEffect, { kind: 'reply' }>): Reply {
  const given = fault.headers ?? {};
  const hasType = Object.keys(given).some((name) => name.toLowerCase() === 'content-type');
  const headers = hasType ? given : { 'Content-Type': 'application/json', ...given };
  return { status: fault.status, body: fault.body ?? '', headers };
}

/** What a proxy in between says when it reaches nobody. */
export const proxyReply: Reply = { status: 502, body: proxyPage, headers: { 'Content-Type': 'text/html' } };
