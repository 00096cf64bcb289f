import { explainRefusal, readSiteRefusal } from '@valetkey/client';
import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';
import { openChosenConnection } from './open-connection.ts';
import { readBody } from './read-body.ts';

/** One request, as it was typed. */
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

/** Sends it with the key, and prints the answer. @throws SiteRefusal for every status from 400 on, after printing */
export async function sendOne(typed: TypedRequest, signal: AbortSignal): Promise<void> {
  const { method, path, site } = typed;
  const init = { ...readBody(typed.data, typed.header), method };
  const operands = site === undefined ? [] : [site];
  const { connection, entry } = await openChosenConnection(operands, typed.as, signal, 'head');
  const response = await connection.send(path, init);
  const content = Buffer.from(await response.arrayBuffer());
  if (typed.json) console.log(toJson(shapeOf(response, content), 2));
  else {
    if (typed.include) console.log(headOf(response));
    // A file gets the bytes as they are; a terminal gets what cannot steer it.
    process.stdout.write(process.stdout.isTTY ? `${printable(content.toString()).trimEnd()}\n` : content);
  }
  if (response.status < 400) return;
  const refusal = await readSiteRefusal(new Response(content, response));
  // Where the site says the same of a dead key as of a missing scope, it is asked which of them it is.
  throw await explainRefusal(refusal, entry.scopes, (question) => connection.send(question));
}

function headOf(response: Response): string {
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return printable([`${response.status} ${response.statusText}`, ...lines, ''].join('\n'));
}

/** Stable: programs read it. A body that is not JSON comes as text. */
function shapeOf({ status, headers }: Response, content: Buffer) {
  const text = content.toString();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Text it is.
  }
  return { status, headers: Object.fromEntries(headers), body };
}
