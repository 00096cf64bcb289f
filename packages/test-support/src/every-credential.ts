/** Where a key can be put into a request. */
export interface PresentedKey {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** The methods that a router may know, and one that it does not. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'BREW'] as const;

/** Every way to present these two keys, the ways that are none among them. @param username who acts by the admin key */
export function everyCredential(keys: { user: string; admin: string }, username: string): PresentedKey[] {
  const { user, admin } = keys;
  const header = (headers: Record<string, string>): PresentedKey => ({
    name: Object.keys(headers).join(' and '),
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
    header({ 'User-Api-Key': user, 'Api-Key': admin, 'Api-Username': username }),
    inQuery({ user_api_key: user }),
    inQuery({ access_token: user }),
    inQuery({ api_key: admin, api_username: username }),
  ];
}

/** A key in the query of an ordinary path is no key: then it is the cookie beside it that asks. */
export const isInHeader = ({ query }: Pick<PresentedKey, 'query'>): boolean =>
  Object.keys(query).length === 0;

/** What came of a request. */
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

/** The requests that broke something, began a session, or were answered with one of these secrets. */
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
