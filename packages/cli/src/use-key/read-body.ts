import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../exit-codes.ts';

/**
 * Returns the body and headers of a request as typed. @throws CliError 2 if a file cannot be read or a header is
 * invalid
 */
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

/** Reads bytes, because a file may contain any data. */
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
