import type { IncomingMessage } from 'node:http';
import type { HeaderReader, RequestHead } from '../http/request-head.ts';

/** Reads a request of Node's HTTP server in place: nothing is copied. */
export class NodeHead implements RequestHead, HeaderReader {
  readonly url: string;
  readonly #message: IncomingMessage;

  /** @param url the complete path with its query, if a framework has shortened `message.url` */
  constructor(message: IncomingMessage, url = message.url ?? '') {
    this.#message = message;
    this.url = url;
  }

  get method(): string {
    return this.#message.method ?? 'GET';
  }

  get headers(): HeaderReader {
    return this;
  }

  get(name: string): string | null {
    const { headers, rawHeaders } = this.#message;
    const value = headers[name];
    if (value === undefined) return null;
    // Node keeps only the first of these headers. Two keys are a conflict (PROTOCOL.md#using-a-key).
    if (name === 'authorization') return joinRepeated(rawHeaders, name);
    return typeof value === 'string' ? value : value.join(', ');
  }
}

function joinRepeated(rawHeaders: readonly string[], name: string): string {
  const isNamed = (at: number) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name;
  return rawHeaders.filter((_, at) => isNamed(at)).join(', ');
}
