import type { ErrorCode, ErrorDetails } from '@valetkey/protocol';
import type { MaybePromise, Refusal } from '@valetkey/server';
import { createInnerRequest, type OuterRequest } from '@valetkey/server/extension';
import type { PreparedCall } from './prepare-call.ts';
import { readSentences } from './read-sentences.ts';

/** The result of a call (MCP). A failed call has a sentence for the model as content. */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
}

/** Serves a request to one of the site’s own routes, as the site does for every client. */
export type ServeRequest = (
  request: Request,
  context: { readonly ipAddress: string },
) => MaybePromise<Response>;

/** The outcome of a call. */
export type Ran =
  | { readonly kind: 'result'; readonly status: number; readonly result: ToolResult }
  /** The site's own verification refuses: the key was revoked in the meantime, or the router has another route. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The site failed, and has reported why. */
  | { readonly kind: 'site_failed' };

/** Longer results fill the context of a model. */
const MAX_RESULT_CHARACTERS = 200_000;

/** Runs a verified call through the site’s own router. */
export async function runCall(
  { tool, input, path, body }: PreparedCall,
  {
    raw,
    ipAddress,
    baseUrl,
    serve,
    ...outer
  }: OuterRequest & {
    readonly raw: Request;
    readonly ipAddress: string;
    readonly baseUrl: string;
    readonly serve: ServeRequest;
  },
): Promise<Ran> {
  const sent = body === undefined ? null : JSON.stringify(body);
  const init = { method: tool.method, headers: headersOf(raw, sent), signal: raw.signal, body: sent };
  const request = createInnerRequest(baseUrl.replace(/\/$/, '') + path, init, outer);
  const response = await serve(request, { ipAddress });
  const { status } = response;
  const json = parse(await response.text());
  if (response.headers.has('www-authenticate')) return { kind: 'refused', refusal: readRefusal(json) };
  if (status >= 500 || json === undefined) return { kind: 'site_failed' };
  const result = response.ok
    ? toResult(tool.toResult ? tool.toResult(json, input) : json, tool)
    : failed(readSentences(json) || 'The site refused the call.');
  return { kind: 'result', status, result };
}

function toResult(value: unknown, { output }: PreparedCall['tool']): ToolResult {
  const text = JSON.stringify(value) ?? '';
  if (text.length > MAX_RESULT_CHARACTERS) {
    return failed('The result is too long. Ask for less, such as fewer posts.');
  }
  const structuredContent = output && { structuredContent: value as Record<string, unknown> };
  return { content: [{ type: 'text', text }], ...structuredContent };
}

/** Returns the result of a call that failed: the model reads the sentence. */
export const failed = (sentence: string): ToolResult => ({
  content: [{ type: 'text', text: sentence }],
  isError: true,
});

/** The key, the program and the language; no cookie, and nothing else that the client sent. */
function headersOf({ headers }: Request, body: string | null): Headers {
  const own = new Headers({ accept: 'application/json' });
  for (const name of ['authorization', 'user-agent', 'accept-language']) {
    const value = headers.get(name);
    if (value !== null) own.set(name, value);
  }
  if (body !== null) {
    own.set('content-type', 'application/json');
    // A body limit of the site then need not copy the request.
    own.set('content-length', String(Buffer.byteLength(body)));
  }
  return own;
}

/** Returns the JSON of a response; undefined for any other body. */
function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a refusal of `authorize`, which this site has rendered. */
function readRefusal(json: unknown): Refusal {
  const { code, ...details } = json as { code: ErrorCode } & ErrorDetails;
  return { code, details };
}
