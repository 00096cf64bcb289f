import { createTestSite, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { languageForm } from '../../ui/parts/language-form.ts';
import { testPage } from '../../ui/test-support/test-page.ts';

const PATH = '/user-api-key/assets/language';
const CONSENT = `/user-api-key/new${query(keyRequest())}`;
const languageOf = (page: string) => /<html lang="([^"]*)" dir="([^"]*)"/.exec(page)?.slice(1);

const select = async (values: Record<string, string>, headers: Record<string, string> = {}) => {
  const site = await createTestSite();
  return { site, response: await site.post(PATH, values, null, headers) };
};

test('POST language: keeps the language in a cookie and returns to the page', async () => {
  const { site, response } = await select(
    { language: 'en-XA', return_to: CONSENT },
    { origin: 'https://forum.example' },
  );
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(CONSENT);
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^valetkey_language=en-XA; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
  const headers = { cookie: `session=alice; ${cookie.split(';')[0]}`, 'accept-language': 'en-GB' };
  expect(languageOf(await (await site.get(CONSENT, headers)).text())).toEqual(['en-XA', 'ltr']);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/.//evil.example/',
  '/\\evil.example',
  'javascript:alert(1)',
  '',
])('POST language: does not redirect to %s (400)', async (returnTo) => {
  const { response } = await select({ language: 'en', return_to: returnTo });
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
});

/** What a browser submits for the form of a page, with some boxes unticked. */
function submitted(page: string, unticked: readonly string[]): Record<string, string> {
  const fields = [
    ...page.matchAll(/<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"([^>]*)/g),
  ];
  const sent = fields.filter(([, name = '', , rest]) =>
    name.startsWith('grant:') ? rest?.includes('checked') : true,
  );
  const values = sent.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')] as const);
  return Object.fromEntries(values.filter(([name]) => !unticked.includes(name)));
}

test('POST language: keeps unticked permissions and the expiry of a consent page, and puts nothing else in the URL', async () => {
  const site = await createTestSite();
  const path = `/user-api-key/new${query({ ...keyRequest({ scopes: 'read,write,notifications' }), optional_scopes: 'write,notifications' })}`;
  const open = async (at: string) => (await site.get(at, { cookie: 'session=alice' })).text();
  const page = await open(path);
  expect(page).toMatch(
    /<button[^>]*formaction="\/user-api-key\/assets\/language" formnovalidate form="decision"/,
  );
  const expiry = { granted_expires_in_seconds: '86400' };
  const fields = { ...submitted(page, ['grant:write']), ...expiry, language: 'de' };
  const response = await site.post(PATH, fields, 'alice');
  const location = new URL(response.headers.get('location') ?? '', 'https://forum.example');
  const asked = new URL(path, 'https://forum.example').searchParams;
  expect(Object.fromEntries(location.searchParams)).toEqual({
    ...Object.fromEntries(asked),
    granted_scopes: 'read,notifications',
    ...expiry,
  });
  const again = await open(location.pathname + location.search);
  expect(again).toMatch(/name="grant:write" value="1" +\/>/);
  expect(again).toMatch(/name="grant:notifications" value="1" checked/);
  expect(again).toMatch(/<details open>[\s\S]*<option value="86400" selected>/);
  const reset = await site.post(
    PATH,
    { ...submitted(again, []), granted_expires_in_seconds: '', language: 'de' },
    'alice',
  );
  expect(reset.headers.get('location')).not.toContain('granted_expires');
});

test('the consent page: a choice in the URL cannot add a permission or a later expiry', async () => {
  const site = await createTestSite();
  const asked = { ...keyRequest({ scopes: 'read' }), expires_in_seconds: '3600' };
  const choice = { granted_scopes: 'read,write', granted_expires_in_seconds: '31536000' };
  const page = await (
    await site.get(`/user-api-key/new${query({ ...asked, ...choice })}`, { cookie: 'session=alice' })
  ).text();
  expect(page).not.toContain('grant:write');
  expect(page).not.toContain('selected>31');
  expect(page).not.toContain('value="31536000"');
});

test.each([
  ['the consent page', CONSENT, 200],
  ['an error page', '/user-api-key/new?client_id=a', 400],
])('%s: names its language, which depends on Accept-Language and the cookie', async (_, path, status) => {
  const site = await createTestSite();
  const open = async (cookie: string, language: string) => {
    const response = await site.get(path, { cookie, 'accept-language': language, accept: 'text/html' });
    const headers = ['content-language', 'vary', 'cache-control'].map((name) => response.headers.get(name));
    return [response.status, ...headers];
  };
  const rest = ['Accept-Language, Cookie', 'no-store'];
  expect(await open('session=alice', 'de-AT, en;q=0.5')).toEqual([status, 'de-AT', ...rest]);
  expect(await open('session=alice; valetkey_language=ar', 'de-AT')).toEqual([status, 'ar', ...rest]);
  expect(await open('session=alice', 'tlh')).toEqual([status, 'en', ...rest]);
});

test.each(['tlh', 'en; Domain=example', '', '__proto__'])(
  'POST language: rejects the language “%s” (400)',
  async (language) => {
    const { response } = await select({ language, return_to: '/' });
    expect(response.status).toBe(400);
    expect(response.headers.get('set-cookie')).toBeNull();
  },
);

test('POST language: rejects a form of another origin (403)', async () => {
  const { response } = await select({ language: 'en', return_to: '/' }, { origin: 'https://evil.example' });
  expect(response.status).toBe(403);
  expect(response.headers.get('set-cookie')).toBeNull();
});

test('language cookie: a value that the form does not offer is ignored', async () => {
  const site = await createTestSite();
  const headers = { cookie: 'session=alice; valetkey_language="><script>', 'accept-language': 'en-GB' };
  expect(languageOf(await (await site.get(CONSENT, headers)).text())).toEqual(['en-GB', 'ltr']);
});

test('language form: offers each language by its own name, with the current one selected', async () => {
  const languages = {
    en: { name: 'English', direction: 'ltr' },
    ar: { name: 'العربية', direction: 'rtl' },
  } as const;
  const returnTo = '/apps?a=1&b="2"';
  const form = String(await languageForm({ ...(await testPage()), returnTo }, languages));
  expect(form).toContain('<option value="ar" lang="ar" dir="rtl" >العربية</option>');
  expect(form).toContain('<option value="en" lang="en" dir="ltr" selected>');
  expect(form).toContain('value="/apps?a=1&amp;b=&quot;2&quot;"');
  expect(languageForm(await testPage(), languages)).toBe('');
});
