/** A person with a browser's session: cookie and CSRF token, as Discourse's own front end handles them. */
export interface Person {
  send(method: string, path: string, form?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Signs in over HTTP with one of the forum's demo accounts. */
export async function signIn(url: string, username: string, password = 'valetkey-demo'): Promise<Person> {
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
