import { PASSWORD } from '../test-forum.ts';
import type { BusySite } from './busy-site.ts';
import { callTool } from './oauth-secrets.ts';

type Place = (secret: string, site: BusySite) => Promise<unknown>;

/** A header value cannot contain a line break. */
const flat = (secret: string) => secret.replaceAll(/\s+/g, '');
const url = (secret: string) => encodeURIComponent(secret);
const header =
  (name: string, path = '/latest.json'): Place =>
  (secret, { fetch }) =>
    fetch(path, { headers: { [name]: flat(secret) } });
const get =
  (path: (secret: string) => string): Place =>
  async (secret, { fetch, alice }) => {
    for (const client of [fetch, alice.request]) await client(path(url(secret)));
  };
const post =
  (path: string, values: (secret: string) => Record<string, string>): Place =>
  async (secret, { alice, fetch }) => {
    for (const suffix of ['', '.json']) await alice.submit(path + suffix, values(secret));
    await fetch(`${path}.json`, { method: 'POST', body: new URLSearchParams(values(secret)) });
  };
const body =
  (type: string, text: (secret: string) => string): Place =>
  async (secret, { alice, fetch }) => {
    const csrf = await alice.fetchCsrfToken();
    const init = {
      method: 'POST',
      body: text(secret),
      headers: { 'content-type': type, 'x-csrf-token': csrf },
    };
    for (const path of ['/user-api-key.json', '/posts.json']) {
      await alice.request(path, init);
      await fetch(path, init);
    }
  };
/** Replaces one parameter of an otherwise valid request for a key. */
const parameter =
  (name: string): Place =>
  async (secret, { alice, ask }) => {
    const asked = ask({ auth_redirect: 'https://app.example/cb', [name]: secret });
    await alice.get(`/user-api-key/new.json?${new URLSearchParams(asked)}`);
    await alice.send('POST', '/user-api-key.json', asked);
    await alice.get(`/user-api-key/new?${new URLSearchParams(asked)}`);
  };

/** Puts the secret where a feed has its key. */
const inQuery = (path: string): Place => get((secret) => `${path}?user_api_key=${secret}&api_key=${secret}`);
const inQueryBesideRequest =
  (path: string, changes: Record<string, string> = {}): Place =>
  (secret, { fetch, ask }) => {
    const asked = ask({ auth_redirect: 'https://app.example/cb', ...changes });
    return fetch(`${path}?${new URLSearchParams({ ...asked, user_api_key: secret, api_key: secret })}`);
  };

/**
 * The places where a secret is sent by mistake. An app's name, client id and push URL are not among them, because they are
 * shown to the user on purpose.
 */
export const PLACES: Readonly<Record<string, Place>> = {
  'User-Api-Key': header('user-api-key'),
  'User-Api-Key, for a page': header('user-api-key', '/latest'),
  'User-Api-Key, to revoke': (secret, { fetch }) =>
    fetch('/user-api-key/revoke', {
      method: 'POST',
      headers: { 'user-api-key': flat(secret).replace(/^[0-9a-f]{32}$/, (key) => `0${key.slice(1)}`) },
    }),
  'a token and an argument of a tool': (secret, { fetch }) =>
    callTool(fetch, flat(secret), { query: secret }),
  'Api-Key': header('api-key'),
  'Api-Key, for a page': header('api-key', '/latest'),
  'Api-Key in the user header too': (secret, { fetch }) =>
    fetch('/latest.json', { headers: { 'api-key': flat(secret), 'user-api-key': flat(secret) } }),
  'Api-Username': (secret, { fetch, live }) =>
    fetch('/latest.json', { headers: { 'api-key': live.adminKey, 'api-username': flat(secret) } }),
  Authorization: (secret, { fetch }) =>
    fetch('/latest.json', { headers: { authorization: `Bearer ${flat(secret)}` } }),
  Cookie: (secret, { fetch }) => fetch('/latest', { headers: { cookie: `_forum_session=${flat(secret)}` } }),
  'X-CSRF-Token': (secret, { alice }) =>
    alice.send('POST', '/posts.json', {}, { 'x-csrf-token': flat(secret) }),
  Referer: (secret, { fetch }) =>
    fetch('/latest', { headers: { referer: `http://forum.example/?user_api_key=${flat(secret)}` } }),
  'User-Agent, beside the key': (secret, { fetch, live: { userKeys } }) =>
    fetch('/latest.json', {
      headers: { 'user-api-key': userKeys[0] ?? '', 'user-agent': `curl ${flat(secret)}` },
    }),
  'User-Api-Client-Id, the key itself': (_, { fetch, live }) => {
    const [key = ''] = live.userKeys.slice(1);
    return fetch('/latest.json', { headers: { 'user-api-key': key, 'user-api-client-id': key } });
  },
  'User-Api-Client-Id, the key of Authorization': (_, { fetch, live: { userKeys } }) => {
    const [key = ''] = userKeys.slice(1);
    const headers = { authorization: `Bearer ${key}`, 'user-api-client-id': `my ${key.toUpperCase()}` };
    return fetch('/latest.json', { headers });
  },
  'User-Api-Client-Id, the key of the query': (_, { fetch, live: { calendarKey: key } }) =>
    fetch(`/u/alice/bookmarks.ics?user_api_key=${key}`, {
      headers: { 'user-api-client-id': `my ${key}` },
    }),
  Origin: header('origin'),
  Accept: header('accept'),
  'X-Requested-With': header('x-requested-with'),
  'query of a list': get((secret) => `/latest.json?user_api_key=${secret}`),
  'query of a page that needs sign-in': get((secret) => `/new?user_api_key=${secret}&api_key=${secret}`),
  'query of the apps page': inQuery('/u/alice/preferences/apps'),
  'query of the page of feeds': inQuery('/u/alice/preferences/feeds'),
  'query of the activation page': inQuery('/user-api-key/activate'),
  'query of a request for a key': inQueryBesideRequest('/user-api-key/new'),
  'query of a request for a one-time password': inQueryBesideRequest('/user-api-key/otp', { nonce: '' }),
  'query of an admin page': inQuery('/admin/user-api-keys'),
  'query of a feed': get((secret) => `/u/alice/bookmarks.ics?user_api_key=${secret}`),
  'query of a feed, twice': get((secret) => `/u/alice/bookmarks.ics?user_api_key=${secret}&user_api_key=x`),
  'query of an endpoint': get((secret) => `/user-api-key/current.json?user_api_key=${secret}&key=${secret}`),
  'unknown parameter': get((secret) => `/user-api-key/new?unknown=x&${secret}=x&key=${secret}`),
  'a path': get((secret) => `/t/${secret}.json`),
  'a path of a page': get((secret) => `/${secret}/t/x`),
  'a path below an endpoint': get((secret) => `/user-api-key/${secret}`),
  'the name of a person': get((secret) => `/u/${secret}.json`),
  'the name of a person with apps': get((secret) => `/u/${secret}/preferences/apps`),
  'the link of a one-time password': async (secret, { alice }) => {
    // Altered, so that the valid one is not used up.
    const path = `/session/otp/${url(`x${secret.slice(1)}`)}`;
    await alice.get(path);
    await alice.submit(path, {});
  },
  'a body cut off': body('application/json', (secret) => `{"nonce":"${secret}`),
  'a body of an unknown type': body('text/plain', (secret) => secret),
  'a body that is a list': body('application/json', (secret) => JSON.stringify([secret])),
  'a nested body': body('application/json', (secret) => JSON.stringify({ public_key: { nonce: secret } })),
  public_key: parameter('public_key'),
  scopes: parameter('scopes'),
  padding: parameter('padding'),
  auth_redirect: parameter('auth_redirect'),
  expires_in_seconds: parameter('expires_in_seconds'),
  'id to revoke': post('/user-api-key/revoke', (id) => ({ id })),
  'id to bring back': post('/user-api-key/undo-revoke', (id) => ({ id })),
  'id to rotate': post('/user-api-key/rotate', (id) => ({ id })),
  feed: post('/calendar-subscriptions', (feed) => ({ feed })),
  'the search of clients': get((secret) => `/user-api-key-client?client_id=${secret}`),
  'the password of signing in': post('/session', (password) => ({ login: 'alice', password })),
  'the field beside a password': post('/session', (x) => ({ login: 'mona', password: `${PASSWORD}x`, x })),
};
