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
