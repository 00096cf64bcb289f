import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createConnection, readSiteRefusal } from '@valetkey/client';
import { EXIT, Failure } from '../exit-codes.ts';
import { getKey } from '../key-file.ts';
import { networkOptions } from '../network.ts';
import { printable } from '../printable.ts';
import { readSite } from '../read-site.ts';

/** `valetkey request GET /latest.json`: one request with the key; the answer goes to standard output. */
export async function request(args: string[], signal: AbortSignal): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      site: { type: 'string' },
      data: { type: 'string' },
      include: { type: 'boolean', short: 'i', default: false },
    },
  });
  const [method = '', path = '', ...others] = positionals;
  if (!/^[A-Za-z]{3,7}$/.test(method) || !path.startsWith('/') || others.length > 0) {
    throw new Failure(EXIT.usage, 'Write it like: valetkey request GET /latest.json');
  }
  const stored = getKey(values.site === undefined ? null : readSite(values.site));
  const connection = createConnection({ ...stored, ...networkOptions(signal) });
  const response = await connection.send(path, { method: method.toUpperCase(), ...body(values.data) });
  const refusal = response.status >= 400 ? await readSiteRefusal(response.clone()) : null;

  if (values.include) console.log(head(response));
  const content = Buffer.from(await response.arrayBuffer());
  // A file gets the bytes as they are; a terminal gets what cannot steer it.
  process.stdout.write(process.stdout.isTTY ? `${printable(content.toString()).trimEnd()}\n` : content);
  if (refusal) throw refusal;
}

/** From the argument, or from standard input for `-`. JSON is sent as JSON, all else as a form. */
function body(data: string | undefined): RequestInit {
  if (data === undefined) return {};
  const text = data === '-' ? readFileSync(0, 'utf8') : data;
  const type = /^\s*[{[]/.test(text) ? 'application/json' : 'application/x-www-form-urlencoded';
  return { body: text, headers: { 'Content-Type': type } };
}

function head(response: Response): string {
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return printable([`${response.status} ${response.statusText}`, ...lines, ''].join('\n'));
}
