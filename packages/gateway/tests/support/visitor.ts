/** A browser without pages: it follows redirects and keeps cookies, separately for each origin. */
export interface Visitor {
  /** Sends a request and follows its redirects. */
  open(url: string, init?: RequestInit): Promise<Response>;
  /** Sends a request and follows nothing. */
  send(url: string, init?: RequestInit): Promise<Response>;
  /** The header `Cookie` for an origin. */
  cookies(origin: string): string;
}

const MAX_REDIRECTS = 20;

export function createVisitor(): Visitor {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (origin: string) =>
    [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const headers = { ...init.headers, cookie: cookies(origin) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  return {
    cookies,
    send,
    async open(url, init) {
      let at = url;
      let response = await send(at, init);
      for (let hop = 0; response.headers.has('location'); hop += 1) {
        if (hop === MAX_REDIRECTS) throw new Error(`There are too many redirects at ${at}.`);
        at = new URL(response.headers.get('location') ?? '', at).href;
        response = await send(at);
      }
      return response;
    },
  };
}
