export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** Creates a minimal browser: it stores cookies, follows no redirects, and sends the CSRF token. */
export function createBrowser(fetch: Fetch) {
  const cookies = new Map<string, string>();
  let csrfToken = '';

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set('cookie', cookieHeader());
    const response = await fetch(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  async function fetchCsrfToken(): Promise<string> {
    const answer = (await (await request('/session/csrf.json')).json()) as { csrf: string };
    csrfToken = answer.csrf;
    return csrfToken;
  }

  return {
    cookies,
    cookieHeader,
    fetchCsrfToken,
    request,
    get: (path: string, headers: HeadersInit = {}) => request(path, { headers }),
    /** Sends a JSON body with the CSRF token in its header, as a front end does. */
    send: (method: string, path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      request(path, {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken, ...headers },
      }),
    /** Submits a form without script: the token is a field. */
    submit: (path: string, values: Record<string, string>) =>
      request(path, {
        method: 'POST',
        body: new URLSearchParams({ authenticity_token: csrfToken, ...values }),
      }),
    async signIn(login: string, password: string): Promise<Response> {
      await fetchCsrfToken();
      const response = await this.send('POST', '/session.json', { login, password });
      await fetchCsrfToken();
      return response;
    },
  };
}

export type Browser = ReturnType<typeof createBrowser>;
