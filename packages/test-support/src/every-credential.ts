/** A place for keys in a request. */
export interface PresentedKey {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Methods that a router may know, and an unknown one. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'BREW'] as const;

/** Returns every way to present these two keys, and no key. @param username that the admin key acts as */
export function everyCredential(keys: { user: string; admin: string }, username: string): PresentedKey[] {
  const { user, admin } = keys;
  const header = (headers: Record<string, string>): PresentedKey => ({
    name: Object.entries(headers)
      .map(([header, value]) => (header === 'Authorization' ? `${header}: ${value.split(' ')[0]}` : header))
      .join(' and '),
    headers,
    query: {},
  });
  const inQuery = (query: Record<string, string>): PresentedKey => ({
    name: `the query's ${Object.keys(query).join(' and ')}`,
    headers: {},
    query,
  });
  return [
    header({ 'User-Api-Key': user }),
    header({ Authorization: `Bearer ${user}` }),
    header({ 'Api-Key': admin, 'Api-Username': username }),
    header({ Authorization: `Basic ${btoa(`x:${user}`)}` }),
    header({ Authorization: `Token ${user}` }),
    header({ 'X-API-Key': user }),
    header({ 'User-Api-Key': user, 'Api-Key': admin, 'Api-Username': username }),
    inQuery({ user_api_key: user }),
    inQuery({ access_token: user }),
    inQuery({ api_key: admin, api_username: username }),
  ];
}

/** An admin key in the query of an ordinary path is ignored, so the cookie authenticates the request. */
export const isInHeader = ({ query }: Pick<PresentedKey, 'query'>): boolean =>
  Object.keys(query).length === 0;

/** The result of a request. */
export interface Answered {
  readonly status: number;
  readonly setsCookie: boolean;
  readonly text: string;
}

export const readAnswer = async (response: Response | null): Promise<Answered> => ({
  status: response?.status ?? 404,
  setsCookie: response?.headers.has('set-cookie') ?? false,
  text: (await response?.text()) ?? '',
});

/** Returns the requests that failed with 5xx, started a session, or whose response contains one of these secrets. */
export const findBadAnswers = (
  answers: ReadonlyMap<string, Answered>,
  secrets: readonly string[],
): string[] =>
  [...answers]
    .filter(
      ([, { status, setsCookie, text }]) =>
        status >= 500 || setsCookie || secrets.some((secret) => text.includes(secret)),
    )
    .map(([request, { status }]) => `${request}: ${status}`);
