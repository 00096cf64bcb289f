import { keyRequest } from '@valetkey/test-support/app-request';
import { pick, send, type Target } from './target.ts';

const MAX_REQUESTS = 20_000;
const CONCURRENCY = 4;

const PATHS = [
  '/user-api-key/new',
  '/user-api-key',
  '/user-api-key/revoke',
  '/user-api-key/undo-revoke',
  '/user-api-key/otp',
  '/user-api-key/device.json',
  '/user-api-key/device/poll.json',
  '/user-api-key/device/authorize',
  '/user-api-key/activate',
  '/user-api-key/current.json',
  '/user-api-key-client',
  '/oauth/token',
  '/oauth/device_authorization',
  '/.well-known/oauth-authorization-server',
  '/admin/user-api-keys',
  '/admin/site_settings/cors_origins.json',
  '/session.json',
  '/session/otp/0123456789abcdef',
  '/session/current.json',
  '/posts.json',
  '/search',
  '/t/1.json',
  '/u/alice/bookmarks.ics',
  '/latest.rss',
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/json; charset=utf-16',
  '',
];
const VALUES = [
  '',
  '0',
  '-1',
  '1e309',
  'null',
  '{}',
  '[]',
  '\u0000',
  '\u202e\u200b',
  '\ud800',
  '%00%ff',
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  'a'.repeat(3_000),
  '💣'.repeat(200),
  'toString',
  '__proto__',
  'http://127.0.0.1:1/',
  'javascript:alert(1)',
];
const NAMES = [
  ...Object.keys(keyRequest()),
  'padding',
  'push_url',
  'expires_in_seconds',
  'device_code',
  'q',
  '__proto__',
  'a[b]',
];

/** Sends requests with invalid methods, types, parameters and credentials, until the phase is over. */
export async function fuzz(target: Target): Promise<void> {
  let left = MAX_REQUESTS;
  const work = async () => {
    while (left > 0 && !target.isOver()) {
      left -= 1;
      await sendOne(target);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

async function sendOne(target: Target): Promise<void> {
  const values: Record<string, string> = target.random() < 0.5 ? keyRequest() : {};
  for (let count = 0; count < 3; count += 1) values[pick(target, NAMES)] = pick(target, VALUES);
  const method = pick(target, METHODS);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const query = hasBody && target.random() < 0.7 ? '' : `?${new URLSearchParams(values)}`;
  const type = pick(target, TYPES);
  const headers: Record<string, string> = { accept: pick(target, ['application/json', 'text/html', '*/*']) };
  if (type !== '') headers['content-type'] = type;
  if (target.random() < 0.3)
    headers['user-api-key'] = encodeURIComponent(pick(target, VALUES).toWellFormed());
  if (target.random() < 0.2)
    headers.authorization = pick(target, ['Bearer x', 'Basic eA==', 'Basic %', 'Token token=']);
  if (target.random() < 0.2)
    headers.cookie = `_forum_session=${encodeURIComponent(pick(target, VALUES).toWellFormed())}`;
  const body = hasBody ? mutate(target, encode(type, values)) : null;
  const response = await send(target, 'fuzz', pick(target, PATHS) + query, { method, headers, body });
  if (response && /\n\s+at .*\(?(node:|file:|\/)/.test(response.text))
    target.report.breakPromise('No response contains a stack.', `${method}, type ${type}`);
}

function encode(type: string, values: Readonly<Record<string, string>>): string {
  return type.includes('json') ? JSON.stringify(values) : String(new URLSearchParams(values));
}

/** Removes or repeats a part of one body in two. */
function mutate({ random }: Target, body: string): string {
  if (random() < 0.5) return body;
  const [from, to] = [random(), random()]
    .map((share) => Math.floor(share * body.length))
    .sort((a, b) => a - b);
  const part = body.slice(from, to);
  return random() < 0.5 ? body.replace(part, '') : body + part;
}
