import { CliError, EXIT } from '../exit-codes.ts';

/** The parts of a response that decisions need. */
export interface ResponseSnapshot {
  /** The URL of the response. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The first part of the body. */
  readonly text: string;
}

/** Sends a request without credentials. */
export type SafeFetch = (url: URL, init?: RequestInit) => Promise<ResponseSnapshot>;

const MAX_CHARACTERS = 65_536;

/**
 * Sends requests without cookies or keys, and does not follow redirects.
 *
 * @param fetch with the deadline of `networkOptions`
 * @throws CliError 3 if no complete response arrives
 */
export function createSafeFetch(fetch: typeof globalThis.fetch, signal: AbortSignal): SafeFetch {
  return async (url, init = {}) => {
    try {
      const answer = await fetch(url, { ...init, redirect: 'manual', credentials: 'omit', signal });
      return await takeSnapshot(answer, url);
    } catch {
      signal.throwIfAborted();
      throw new CliError(EXIT.unreachable, `${url.origin} accepts the connection but sends no response.`);
    }
  };
}

/** Reads the beginning of a response. */
export async function takeSnapshot(answer: Response, url = new URL(answer.url)): Promise<ResponseSnapshot> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_CHARACTERS) break;
  }
  return { url: url.href, status: answer.status, headers: answer.headers, text };
}

/** The members of a JSON object, unvalidated. */
export type Members = Readonly<Record<string, unknown>>;

/** Returns the members of an object; an empty object for anything else. */
export const objectOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

/** Returns the members of the JSON object in a response; an empty object for anything else. */
export function membersOf({ text }: Pick<ResponseSnapshot, 'text'>): Members {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}
