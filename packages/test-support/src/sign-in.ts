/** A user’s browser session: cookie and CSRF token, used as Discourse’s front end does. */
export interface SignedInUser {
  send(method: string, path: string, form?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Signs in over HTTP with a demo account of the forum. Throws if the forum rejects it. */
export async function signIn(
  url: string,
  username: string,
  password = 'valetkey-demo',
): Promise<SignedInUser> {
  let cookie = '';
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, cookie },
    });
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    return response;
  };
  const token = async (): Promise<string> => {
    const response = await call('/session/csrf.json', { headers: { accept: 'application/json' } });
    return ((await response.json()) as { csrf: string }).csrf;
  };
  const post = async (
    method: string,
    path: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    if (method === 'GET') return call(path);
    const headers = { 'X-CSRF-Token': await token() };
    return call(path, { method, headers, body: new URLSearchParams(form) });
  };

  const response = await post('POST', '/session.json', { login: username, password });
  if (!response.ok)
    throw new Error(`${username} could not sign in: ${response.status} ${await response.text()}`);
  return { send: post };
}
