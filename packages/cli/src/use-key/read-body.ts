import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../exit-codes.ts';

/** A request's body and headers as they were typed. @throws Failure 2 if a file or a header cannot be read */
export function readBody(data: string | undefined, headerLines: readonly string[] = []): RequestInit {
  const headers = new Headers();
  for (const line of headerLines) {
    const [, name, value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || !canHold(headers, name, value))
      throw new CliError(EXIT.usage, "Write --header like: --header 'Accept-Language: de'");
  }
  if (data === undefined) return { headers };
  const body = readData(data);
  if (!headers.has('content-type')) headers.set('Content-Type', guessType(body));
  return { headers, body };
}

function canHold(headers: Headers, name: string, value: string): boolean {
  try {
    headers.append(name, value);
    return true;
  } catch {
    return false;
  }
}

/** Bytes, not text: a file may hold anything. */
function readData(data: string): Uint8Array<ArrayBuffer> {
  if (data !== '-' && !data.startsWith('@')) return new TextEncoder().encode(data);
  try {
    return new Uint8Array(readFileSync(data === '-' ? 0 : data.slice(1)));
  } catch {
    const what = data === '-' ? 'Standard input' : `The file ${data.slice(1)}`;
    throw new CliError(EXIT.usage, `${what} cannot be read.`);
  }
}

function guessType(body: Uint8Array): string {
  const start = new TextDecoder().decode(body.subarray(0, 64)).trimStart();
  return /^[{[]/.test(start) ? 'application/json' : 'application/x-www-form-urlencoded';
}
