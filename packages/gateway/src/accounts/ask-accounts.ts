import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { AskAccountsConfig } from '../config/gateway-config.ts';
import { type Account, type AccountSource, AccountsError, fillLogin } from './accounts.ts';
import { parseAccount } from './parse-account.ts';

/** For the whole response: a part of it now and then is not enough. */
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;

/** Asks the service who is signed in, with the visitor's cookies and no other header of the visitor. */
export function createAskAccounts(
  { url, login }: AskAccountsConfig,
  dispatcher: Dispatcher,
  timeoutMs = TIMEOUT_MS,
): AccountSource {
  return {
    loginUrl: (returnTo) => fillLogin(login, returnTo),
    async find({ headers: { cookie } }) {
      // Without a cookie nobody is signed in, and the service need not be asked.
      return cookie === undefined ? null : ask(url, cookie, { dispatcher, timeoutMs });
    },
  };
}

interface AskOptions {
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
}

async function ask(
  url: string,
  cookie: string,
  { dispatcher, timeoutMs }: AskOptions,
): Promise<Account | null> {
  const { statusCode, body } = await request(url, {
    dispatcher,
    headers: { cookie, accept: 'application/json' },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error & { code?: string }) => {
    throw new AccountsError(`${url} cannot be reached (${error.code || error.name}).`);
  });
  const text = await readBody(body, url).catch((error: Error) => {
    if (error instanceof AccountsError) throw error;
    throw new AccountsError(`The response of ${url} did not arrive (${error.name}).`);
  });
  if (statusCode === 401) return null;
  if (statusCode !== 200)
    throw new AccountsError(`${url} returned the status ${statusCode} instead of 200 or 401.`);
  try {
    return parseAccount(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof AccountsError ? error.message : 'It is not JSON.';
    throw new AccountsError(`The response of ${url} is invalid. ${reason}`);
  }
}

async function readBody(body: Dispatcher.ResponseData['body'], url: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new AccountsError(`The response of ${url} is larger than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
