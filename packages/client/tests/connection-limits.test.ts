import { expect, test } from 'vitest';
import { type ConnectionOptions, createConnection, type SiteRefusal } from '../src/index.ts';
import { createFakeClock } from './fake-clock.ts';

const minute = (seconds: number | null = 7) => limited('user_api_key_limiter_60_secs', seconds);
const day = () => limited('user_api_key_limiter_1_day', 7);
const limited = (limit: string, seconds: number | null) =>
  Response.json(
    { errors: ['Slow down.'], error_type: 'rate_limit' },
    {
      status: 429,
      headers: {
        'discourse-rate-limit-error-code': limit,
        ...(seconds === null ? {} : { 'retry-after': `${seconds}` }),
      },
    },
  );
const fine = () => Response.json({ fine: true });
const forbidden = () =>
  Response.json({ errors: ['You may not.'], error_type: 'invalid_access' }, { status: 403 });

/** A site that sends these responses in order. */
function connect(answers: Response[], options: Partial<ConnectionOptions> = {}) {
  const clock = createFakeClock();
  const started = clock.now();
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push(
      `${(clock.now() - started) / 1000} ${new URL(String(url)).pathname} ${init?.body ?? ''}`.trim(),
    );
    return answers.shift() ?? Response.error();
  };
  const forum = createConnection({ site: 'https://x.example', key: 'k', fetch, clock, ...options });
  return { asked, get: (init?: RequestInit) => clock.run(forum.fetch('/a', init)) };
}
const refusalOf = (fetched: Promise<Response>) =>
  fetched.then(
    () => expect.unreachable(),
    (error: SiteRefusal) => error,
  );

test('fetch: waits for the limit per minute and retries', async () => {
  const { asked, get } = connect([minute(7), minute(0), fine()], { maxWaitSeconds: 60 });
  expect(await (await get({ method: 'POST', body: 'text' })).json()).toEqual({ fine: true });
  expect(asked).toEqual(['0 /a text', '7 /a text', '8 /a text']);
});

test.each<[string, Response, Partial<ConnectionOptions>, RequestInit]>([
  ['the limit per day', day(), { maxWaitSeconds: 60 }, {}],
  ['a wait beyond the deadline', minute(61), { maxWaitSeconds: 60 }, {}],
  ['no deadline at all', minute(), {}, {}],
  ['no word of how long', minute(null), { maxWaitSeconds: 60 }, {}],
  [
    'a body that flows once',
    minute(),
    { maxWaitSeconds: 60 },
    { method: 'POST', body: new ReadableStream(), duplex: 'half' } as RequestInit,
  ],
])('fetch: %s is not retried', async (_case, answer, options, init) => {
  const { asked, get } = connect([answer], options);
  expect(await refusalOf(get(init))).toMatchObject({
    status: 429,
    limitCode: expect.stringContaining('user_api'),
  });
  expect(asked).toHaveLength(1);
});

test('fetch: the deadline covers all waits', async () => {
  const { asked, get } = connect([minute(40), minute(40), fine()], { maxWaitSeconds: 60 });
  expect(await refusalOf(get())).toMatchObject({ status: 429, waitSeconds: 40 });
  expect(asked).toHaveLength(2);
});

test('fetch: a signal ends the wait', async () => {
  const reason = new Error('enough');
  const stop = new AbortController();
  const answers = [minute(30), fine()];
  const { get } = connect(answers, { maxWaitSeconds: 60 });
  const waiting = get({ signal: stop.signal });
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});

test.each<[string, Response, readonly string[] | undefined, boolean | null]>([
  ['reads something else', fine(), undefined, false],
  ['reads nothing, though it was granted that', forbidden(), ['session_info'], true],
  ['reads nothing, and nobody knows what it was granted', forbidden(), undefined, null],
  ['reads nothing, and was granted nothing to read', forbidden(), ['notifications'], null],
  ['meets a broken site', new Response('', { status: 502 }), ['read'], null],
])('isKeyInactive without a code, for a key that %s: %s', async (_case, second, scopes, isKeyInactive) => {
  const { asked, get } = connect([forbidden(), second], { scopes });
  const refusal = await refusalOf(get());
  expect(refusal).toMatchObject({ errors: ['You may not.'], status: 403, isKeyInactive });
  expect(asked).toEqual(['0 /a', '0 /session/current.json']);
});

test.each([
  ['key_revoked', true],
  ['key_expired', true],
  ['key_unknown', true],
  ['scope_insufficient', false],
  ['user_suspended', false],
])('isKeyInactive: %s of a Valetkey site needs no second request', async (code, isKeyInactive) => {
  const body = { errors: ['No.'], error_type: 'invalid_access', code };
  const { asked, get } = connect([Response.json(body, { status: 403 })]);
  expect(await refusalOf(get())).toMatchObject({ code, isKeyInactive });
  expect(asked).toHaveLength(1);
});
