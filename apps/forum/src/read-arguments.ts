import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createFindClientIpAddress } from '@valetkey/server';
import { isEmail } from './data/parse-email.ts';
import type { Address } from './listen-at.ts';

export const USAGE = `A small forum that issues user API keys.

  npm start -- [--port N] [--host H] [--data DIR]

  --port N    port to listen on; 0 picks a free port (default: 4800)
  --host H    loopback host to listen on (default: 127.0.0.1)
  --data DIR  folder of topics and keys (default: ./data)
  --access-log
              print a line of JSON for each request: time, request id, method,
              path without query and secrets, status, duration
  --monitor HOST:PORT
              serve health and metrics on this address, to local clients only
  --dangerously-push-to-private-addresses
              also push notifications over http and to private IP addresses, to
              test a receiver
  --help      show this text

Mails about keys, to users with an email address in their profile:

  --smtp-url smtp://USER@HOST:587
              the server that sends mails; smtps:// for TLS from the start
  --smtp-url-file FILE
              read the URL from a file, because ps shows a password otherwise
  --mail-from ADDRESS
              the sender (default: noreply@ and the host of the site)

Several processes of one forum, behind a proxy such as nginx:

  --database-url postgres://USER@HOST/DATABASE
              keep topics and keys in PostgreSQL. The --data folder then holds
              one secret: copy it to every machine of the forum. Without a
              password in the URL, PostgreSQL's PGPASSWORD or ~/.pgpass applies
  --valkey-url redis://HOST
              share the rate limits of keys and sign-ins between all processes,
              in Valkey or Redis
  --database-url-file FILE, --valkey-url-file FILE
              read the URL from a file. Other users of this computer can read
              the command line with ps, so put a URL with a password in a file
  --base-url https://forum.example
              the public URL of the site
  --trusted-proxies CIDR,…
              IP addresses and networks of the proxies in front, whose
              X-Forwarded-For is used`;

/** The command line of the forum. */
export interface Arguments {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly isLoggingAccess: boolean;
  readonly pushesToPrivateAddresses: boolean;
  readonly databaseUrl: string | undefined;
  readonly valkeyUrl: string | undefined;
  readonly mail: { readonly smtpUrl: string; readonly from: string | undefined } | undefined;
  readonly baseUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  /** Where health and metrics are served; undefined for nowhere. */
  readonly monitor: Address | undefined;
}

/** Parses the command line. @throws Error with a sentence, which contains no password of a URL */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new Error('--port must be a number from 0 to 65535.');
  const databaseUrl = readUrl(values, 'database-url');
  if (databaseUrl !== undefined && !isPostgresUrl(databaseUrl))
    throw new Error('--database-url must be a URL such as postgres://user@127.0.0.1:5432/forum.');
  const valkeyUrl = readUrl(values, 'valkey-url');
  if (valkeyUrl !== undefined && !isUrlOf(valkeyUrl, ['redis:', 'rediss:']))
    throw new Error('--valkey-url must be a URL such as redis://127.0.0.1:6379.');
  if (valkeyUrl !== undefined && databaseUrl === undefined)
    throw new Error('--valkey-url is for several forums: give --database-url too.');
  const trustedProxies = (values['trusted-proxies'] ?? '').split(',').filter((entry) => entry.trim() !== '');
  checkProxies(trustedProxies);
  return {
    port,
    host: values.host,
    dataDir: values.data,
    isLoggingAccess: values['access-log'],
    pushesToPrivateAddresses: values['dangerously-push-to-private-addresses'],
    databaseUrl,
    valkeyUrl,
    mail: parseMail(values),
    baseUrl: parseBaseUrl(values['base-url']),
    trustedProxies,
    monitor: parseMonitor(values.monitor),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4800' },
        host: { type: 'string', default: '127.0.0.1' },
        data: { type: 'string', default: './data' },
        monitor: { type: 'string' },
        'access-log': { type: 'boolean', default: false },
        'dangerously-push-to-private-addresses': { type: 'boolean', default: false },
        'database-url': { type: 'string' },
        'valkey-url': { type: 'string' },
        'database-url-file': { type: 'string' },
        'valkey-url-file': { type: 'string' },
        'smtp-url': { type: 'string' },
        'smtp-url-file': { type: 'string' },
        'mail-from': { type: 'string' },
        'base-url': { type: 'string' },
        'trusted-proxies': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    // The message repeats an argument, which may be a URL with a password.
    throw new Error((error as Error).message.replaceAll(/:\/\/[^\s']*/g, '://…'));
  }
}

function parseMail(values: ReturnType<typeof parse>['values']): Arguments['mail'] {
  const smtpUrl = readUrl(values, 'smtp-url');
  const from = values['mail-from'];
  if (smtpUrl === undefined) {
    if (from !== undefined) throw new Error('--mail-from needs --smtp-url or --smtp-url-file.');
    return undefined;
  }
  if (!isUrlOf(smtpUrl, ['smtp:', 'smtps:']))
    throw new Error('--smtp-url must be a URL such as smtp://user@mail.example:587.');
  if (from !== undefined && !isEmail(from))
    throw new Error('--mail-from must be one address, such as forum@mail.example.');
  return { smtpUrl, from };
}

type UrlOption = 'database-url' | 'valkey-url' | 'smtp-url';

/** Returns the URL of an option, or the content of the file that the other option names. */
function readUrl(values: ReturnType<typeof parse>['values'], name: UrlOption): string | undefined {
  const file = values[`${name}-file`];
  if (file === undefined) return values[name];
  if (values[name] !== undefined) throw new Error(`Give either --${name} or --${name}-file.`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`The file of --${name}-file cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

const isUrlOf = (text: string, protocols: readonly string[]): boolean => {
  const url = URL.parse(text);
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
};

/** The driver takes a missing user or database from the environment. */
const isPostgresUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return (
    isUrlOf(text, ['postgres:', 'postgresql:']) && url?.username !== '' && (url?.pathname ?? '').length > 1
  );
};

function parseBaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !isUrlOf(text, ['http:', 'https:']) || url.href !== `${url.origin}/`)
    throw new Error('--base-url must be a URL without a path, such as https://forum.example.');
  return url.origin;
}

function parseMonitor(text: string | undefined): Arguments['monitor'] {
  if (text === undefined) return undefined;
  const url = URL.parse(`tcp://${text}`);
  if (!url || url.host !== text || url.port === '')
    throw new Error('--monitor must be a host and a port, such as 127.0.0.1:9464.');
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) };
}

function checkProxies(trustedProxies: readonly string[]): void {
  try {
    createFindClientIpAddress(trustedProxies);
  } catch {
    throw new Error('--trusted-proxies must be IP addresses and networks, such as 127.0.0.1,10.0.0.0/8.');
  }
}
