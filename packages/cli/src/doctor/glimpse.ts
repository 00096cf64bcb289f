/** What was seen of an answer; enough to judge it, and no more. */
export interface Glimpse {
  /** Where it came from. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The first part of the body. */
  readonly text: string;
}

/** How requests go out; nothing but these leaves the computer. */
export type Look = (url: URL, init?: RequestInit) => Promise<Glimpse>;

const MAX_CHARACTERS = 65_536;

/** Sends requests without cookies, keys, or following redirects. @throws what `fetch` throws */
export function createLook(fetch: typeof globalThis.fetch, signal: AbortSignal): Look {
  return async (url, init = {}) => {
    const answer = await fetch(url, { ...init, redirect: 'manual', credentials: 'omit', signal });
    return glimpse(answer, url);
  };
}

/** Reads an answer as far as it is judged. */
export async function glimpse(answer: Response, url: URL): Promise<Glimpse> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MAX_CHARACTERS) break;
  }
  return { url: url.href, status: answer.status, headers: answer.headers, text };
}

/** The answer's JSON object; none of anything else. */
export function membersOf({ text }: Pick<Glimpse, 'text'>): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
