import { decrypt } from '@valetkey/test-support/app-request';
import { createAdminSite } from '@valetkey/test-support/site/admin-site';
import { keyRequest } from '@valetkey/test-support/site/test-site';

/** The path of the page. */
export const LIST = '/admin/user-api-key-blocks';
export const admin = { cookie: 'session=admin' };
/** A block in another spelling than it is stored in. */
export const HOST = { kind: 'host', value: 'EVIL.example.', reason: 'It sells what it reads.' };
/** A redirect that it blocks. */
export const EVIL = 'https://login.evil.example:8443/cb';

/** Creates a site whose users can approve an app at `EVIL`, and whose admin can block it. */
export async function openSite(options: Parameters<typeof createAdminSite>[0] = {}) {
  const site = await createAdminSite(options);
  await site.valetkey.settings.addItem('allowed_user_api_auth_redirects', EVIL);
  const approveFor = async (changes: Record<string, string> = {}, as = 'alice') => {
    const values = keyRequest({ auth_redirect: `${EVIL}?secret=1`, ...changes });
    await site.valetkey.settings.addItem('allowed_user_api_auth_redirects', `${EVIL}?secret=1`);
    const response = await site.post('/user-api-key.json', values, as);
    const { redirect_url } = (await response.json()) as { redirect_url: string };
    const payload = new URL(redirect_url).searchParams.get('payload') ?? '';
    return (JSON.parse(decrypt(payload)) as { key: string }).key;
  };
  const block = (values: Record<string, string> = HOST) => site.post(`${LIST}.json`, values, 'admin');
  const unblock = (values: Record<string, string> = HOST) =>
    site.post(`${LIST}/delete.json`, values, 'admin');
  const use = (key: string) => site.outcome({ 'User-Api-Key': key });
  return { ...site, approveFor, block, unblock, use };
}
