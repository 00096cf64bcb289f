import { CliError, EXIT } from '../exit-codes.ts';

/** What was seen of an answer; enough to judge it, and no more. */
export interface ResponseSnapshot {
  /** Where it came from. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The first part of the body. */
  readonly text: string;
}

/** How requests go out; nothing but these leaves the computer. */
export type SafeFetch = (url: URL, init?: RequestInit) => Promise<ResponseSnapshot>;

const MAX_CHARACTERS = 65_536;

/**
 * Sends requests without cookies, keys, or following redirects.
 *
 * @param fetch as `networkOptions` bounds it
 * @throws Failure 3 if no whole answer comes
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

/** Reads an answer as far as it is judged. */
export async function takeSnapshot(answer: Response, url = new URL(answer.url)): Promise<ResponseSnapshot> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_CHARACTERS) break;
  }
  return { url: url.href, status: answer.status, headers: answer.headers, text };
}

/** What a JSON object holds, none of it trusted. */
export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; none of anything else. */
export const objectOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

/** The members of the JSON object in an answer; none of anything else. */
export function membersOf({ text }: Pick<ResponseSnapshot, 'text'>): Members {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}
