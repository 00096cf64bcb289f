/** A page as a visitor sees it. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

/** Creates a client that acts like a browser: it has cookies and follows redirects. */
export function createVisitor(app: string) {
  const cookies = new Map<string, string>();

  async function send(
    method: string,
    address: string,
    fields?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = new URL(address, app);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        origin: url.origin,
        ...headers,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: fields ? new URLSearchParams(fields) : null,
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  }

  async function open(
    address: string,
    method = 'GET',
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Page> {
    const response = await send(method, address, fields, headers);
    const next = response.headers.get('location');
    return next ? open(next) : { status: response.status, text: await response.text() };
  }

  /** Sends a form and returns the URL of the redirect to the forum. */
  async function begin(path: string, fields: Record<string, string> = {}): Promise<string> {
    const response = await send('POST', path, fields);
    return response.headers.get('location') ?? '';
  }

  return { open, begin, beginSignIn: () => begin('/sign-in') };
}
