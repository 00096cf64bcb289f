import { explainRefusal, readSiteRefusal } from '@valetkey/client';
import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';
import { openChosenConnection } from './open-connection.ts';
import { readBody } from './read-body.ts';
import { readWhole, streamBody } from './stream-body.ts';

/** One request, as typed. */
export interface TypedRequest {
  readonly method: string;
  readonly path: string;
  readonly data?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly include: boolean;
  readonly json: boolean;
  readonly site?: string | undefined;
  readonly as?: string | undefined;
}

/** Sends the request with the key and prints the response. @throws SiteRefusal for every status from 400 on, after printing */
export async function sendOne(typed: TypedRequest, signal: AbortSignal): Promise<void> {
  const { method, path, site } = typed;
  const init = { ...readBody(typed.data, typed.header), method };
  const operands = site === undefined ? [] : [site];
  const { connection, entry } = await openChosenConnection(operands, typed.as, signal, 'head');
  const response = await connection.send(path, init);
  let content: Buffer;
  if (typed.json) {
    content = await readWhole(response);
    console.log(toJson(shapeOf(response, content), 2));
  } else {
    if (typed.include) console.log(headOf(response));
    content = await streamBody(response, process.stdout);
  }
  if (response.status < 400) return;
  const refusal = await readSiteRefusal(
    new Response(content.length > 0 ? new Uint8Array(content) : null, response),
  );
  // Discourse sends the same response for an inactive key and for a missing scope; a second request tells which.
  throw await explainRefusal(refusal, entry.scopes, (question) => connection.send(question));
}

function headOf(response: Response): string {
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return printable([`${response.status} ${response.statusText}`, ...lines, ''].join('\n'));
}

/** Stable: programs read it. A body that is not JSON is text. */
function shapeOf({ status, headers }: Response, content: Buffer) {
  const text = content.toString();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the body is text.
  }
  return { status, headers: Object.fromEntries(headers), body };
}
