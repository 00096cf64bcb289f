import type { ReadJson } from './read-json.ts';

/** An error as a JSON-RPC response. */
interface JsonRpcError {
  /** The HTTP status. */
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The members of a JSON-RPC 2.0 message that the gate reads. */
export interface Message {
  readonly id?: string | number;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Returns the message; null if the value is not a message. Batches are rejected: MCP dropped them in 2025-06-18. */
export function readMessage(value: unknown): Message | null {
  if (!isObject(value) || typeof value.method !== 'string') return null;
  const { id, method, params } = value;
  const isId = typeof id === 'string' || typeof id === 'number';
  return { ...(isId && { id }), method, params: isObject(params) ? params : {} };
}

/** Returns the error for a body that is not a valid MCP message; otherwise null. */
export function findMessageFault(body: ReadJson, message: Message | null): Response | null {
  if (body.kind === 'too_large') {
    return jsonRpcError(message, {
      status: 413,
      code: -32600,
      message: `A message has at most ${body.maxBytes} bytes.`,
    });
  }
  if (body.kind === 'unreadable') {
    return jsonRpcError(message, { status: 400, code: -32700, message: 'The body is not valid JSON.' });
  }
  if (Array.isArray(body.value)) {
    return jsonRpcError(message, { status: 400, code: -32600, message: 'Send one message in each request.' });
  }
  // Its stream would outlast the key. The list of tools changes with the grant and the settings only.
  if (message?.method === 'subscriptions/listen') {
    return jsonRpcError(message, { status: 404, code: -32601, message: 'This site has no subscriptions.' });
  }
  return null;
}

/** Returns a response to a message that the engine does not receive. */
export function jsonRpcError(message: Message | null, error: JsonRpcError): Response {
  const { status, headers, ...shown } = error;
  const body = { jsonrpc: '2.0', id: message?.id ?? null, error: shown };
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
