import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { csrfOf, keyRequest, PUBLIC_KEY, query } from '@valetkey/test-support/site/test-site';

export const ICONS = '/admin/user-api-key-clients/icon';
/** The page about the icon of the app `plum`. */
export const PLUM = `${ICONS}?kind=app&client_id=plum`;

/** Returns the paths of the icons on a page. */
export const iconsOn = (page: string): string[] =>
  [...page.matchAll(/<img class="icon" src="([^"]*)"/g)].map(([, path = '']) => path);

/** The registration of `plum`. */
export const registration = (createdAt: number) => ({
  clientId: 'plum',
  applicationName: 'Plum Reader',
  publicKey: PUBLIC_KEY,
  authRedirect: 'https://app.example/cb',
  scopes: ['read', 'one_time_password'],
  createdAt,
  createdFrom: '192.0.2.1',
});

interface Upload {
  readonly as?: string | null;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** The name and the type that the browser sends with the file. */
  readonly name?: string;
  readonly type?: string;
}

/** Creates a site with the app `plum`, which has registered itself. */
export async function createIconSite({ isRegistered = true } = {}) {
  const site = await createAdminSite();
  if (isRegistered) await site.store.registerClient(registration(site.now()), null);
  const read = async (path: string, as = 'alice') =>
    (await site.get(path, { cookie: `session=${as}` })).text();
  return {
    ...site,
    /** Returns the page at this path. */
    read,
    /** Returns the page about the icon. */
    readIcon: () => read(PLUM, 'admin'),
    /** Returns the consent page for a key. */
    consent: (changes: Record<string, string | null>) =>
      read(`/user-api-key/new${query(keyRequest({ application_name: null, ...changes }))}`),
    /** Uploads a file by the form of the page. */
    async upload(bytes: Uint8Array, { path = PLUM, headers = {}, ...upload }: Upload = {}) {
      const { as = 'admin', token = csrfOf('admin'), name = 'icon.png', type = 'image/png' } = upload;
      const body = new FormData();
      if (token !== null) body.set('authenticity_token', token);
      body.set('icon', new File([Uint8Array.from(bytes)], name, { type }));
      // As bytes, like the body of a browser's request.
      const form = new Response(body);
      const all = {
        'content-type': form.headers.get('content-type') ?? '',
        ...(as !== null && { cookie: `session=${as}` }),
        ...headers,
      };
      return site.send(path, { method: 'POST', body: await form.arrayBuffer(), headers: all });
    },
  };
}
