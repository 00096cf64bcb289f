import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createConnection } from '../src/index.ts';
import { isOnSite, resolveOnSite } from '../src/site-url.ts';
import { serve } from './serve.ts';

const KEY = 'ab'.repeat(16);

describe('send: keeps the key on its site', () => {
  test('rejects a redirect to another origin or out of the subfolder', async () => {
    const seen: unknown[] = [];
    const thief = await serve((request, response) => {
      seen.push(request.headers['user-api-key']);
      response.end();
    });
    const origin = await serve((request, response) => {
      seen.push(request.url);
      const target = request.url === '/forum/away' ? `${thief}/` : '/elsewhere';
      response.writeHead(307, { location: target }).end();
    });
    const forum = createConnection({ site: `${origin}/forum`, key: KEY });
    for (const path of ['/away', '/up']) {
      await expect(forum.send(path, { method: 'POST' })).rejects.toMatchObject({
        code: 'redirect_not_followed',
      });
    }
    expect(seen).toEqual(['/forum/away', '/forum/up']);
  });

  test.each([
    'latest.json',
    '//evil.example/',
    '/\\evil.example/',
    '/../admin',
    '/%2e%2e/admin',
    '@evil.example/',
    '',
  ])('rejects the path %j', async (path) => {
    const fetch = () => Promise.reject(new Error('sent'));
    const forum = createConnection({ site: 'https://x.example/forum', key: KEY, fetch });
    await expect(forum.send(path)).rejects.toMatchObject({ code: 'parameter_invalid' });
  });

  test('sends no path to another origin', () => {
    const anyPath = fc.oneof(
      fc.string(),
      fc.webPath(),
      fc.string({ unit: fc.constantFrom(...'/\\.@:?#%2ef') }),
    );
    fc.assert(
      fc.property(anyPath, fc.constantFrom('https://x.example', 'https://x.example/forum'), (path, site) => {
        try {
          return isOnSite(site, resolveOnSite(site, path));
        } catch (error) {
          return (error as { code?: string }).code === 'parameter_invalid';
        }
      }),
    );
  });

  test('ends redirect loops, and keeps method, body and key as browsers do', async () => {
    const seen: string[] = [];
    const site = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push(`${request.method} ${request.url} ${body} ${request.headers['user-api-key'] === KEY}`);
      const [, status, target] = /^\/(\d+)-(\w+)$/.exec(request.url ?? '') ?? [];
      response
        .writeHead(
          Number(status ?? 200),
          target ? { location: target === 'loop' ? request.url : '/end' } : {},
        )
        .end();
    });
    const forum = createConnection({ site, key: KEY });
    const init = { method: 'POST', body: 'a=1' };
    await forum.send('/302-end', init);
    await forum.send('/308-end', init);
    await forum.send('/301-end', { method: 'DELETE' });
    await forum.send('/303-end', { method: 'HEAD' });
    expect(seen).toEqual([
      ...['POST /302-end a=1 true', 'GET /end  true', 'POST /308-end a=1 true', 'POST /end a=1 true'],
      ...['DELETE /301-end  true', 'DELETE /end  true', 'HEAD /303-end  true', 'HEAD /end  true'],
    ]);
    await expect(forum.send('/302-loop')).rejects.toMatchObject({ code: 'redirect_not_followed' });
  });

  test('does not let the caller replace the key, and sends no cookies', async () => {
    const fetch = async (_url: unknown, init?: RequestInit) =>
      Response.json([init?.credentials, new Headers(init?.headers).get('user-api-key')]);
    const forum = createConnection({ site: 'https://x.example', key: KEY, fetch });
    const response = await forum.send('/', { headers: { 'user-api-key': 'other' }, credentials: 'include' });
    expect(await response.json()).toEqual(['omit', KEY]);
  });
});

describe('SiteRefusal', () => {
  const refusalOf = async (status: number, body: string, headers: Record<string, string> = {}) => {
    const fetch = async () => new Response(body, { status, headers });
    return createConnection({ site: 'https://x.example', key: KEY, fetch })
      .fetch('/')
      .then(
        () => expect.unreachable(),
        (error: unknown) => error,
      );
  };

  test.each([
    [
      403,
      '{"errors":["No."],"error_type":"invalid_access","code":"key_expired","advice":"Ask the person for a new key."}',
      {
        errors: ['No.'],
        code: 'key_expired',
        errorType: 'invalid_access',
        advice: 'Ask the person for a new key.',
      },
    ],
    [
      422,
      '{"errors":["Title is too short","Body is too short"]}',
      { errors: ['Title is too short', 'Body is too short'], code: null },
    ],
    [403, '["BAD CSRF"]', { errors: ['BAD CSRF'] }],
    [429, '{"errors":["Slow."],"extras":{"wait_seconds":7}}', { waitSeconds: 7 }],
    [500, '{"errors":"text"}', { errors: ['text'] }],
    [404, 'null', { errors: ['The site responded with status 404.'] }],
    [
      400,
      '{"errors":[null,{},""],"code":7}',
      { errors: ['The site responded with status 400.'], code: null },
    ],
    [403, '{"errors":["x"],"code":"__proto__"}', { errors: ['x'], code: '__proto__' }],
  ])('parses %i %s', async (status, body, expected) => {
    expect(await refusalOf(status, body)).toMatchObject({ name: 'SiteRefusal', status, ...expected });
  });

  test('mentions a bot check for an HTML page', async () => {
    const refusal = await refusalOf(503, '<h1>Wait</h1>', {
      'content-type': 'text/html',
      'retry-after': '9',
    });
    expect(refusal).toMatchObject({ advice: expect.stringContaining('bot check'), waitSeconds: 9 });
  });

  test('is read only in part if the response does not end', async () => {
    const site = await serve((_request, response) => {
      response.writeHead(500);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', pour);
      pour();
    });
    await expect(createConnection({ site, key: KEY }).fetch('/')).rejects.toMatchObject({ status: 500 });
  });
});

describe('whoami and revoke', () => {
  const connect = (answers: Record<string, [number, unknown]>) => {
    const fetch = async (url: unknown) => {
      const [status, body] = answers[new URL(String(url)).pathname] ?? [404, {}];
      return Response.json(body, { status });
    };
    return createConnection({ site: 'https://x.example', key: KEY, fetch });
  };
  const current = '/session/current.json';

  test('whoami: requests the session, and current.json if the scopes do not allow that', async () => {
    const user = { id: 3, username: 'alice' };
    expect(await connect({ [current]: [200, { current_user: { ...user, more: 1 } }] }).whoami()).toEqual(
      user,
    );
    const own: [number, unknown] = [200, { user }];
    const refused: [number, unknown] = [403, { errors: ['No.'], code: 'scope_insufficient' }];
    expect(await connect({ [current]: refused, '/user-api-key/current.json': own }).whoami()).toEqual(user);
    await expect(connect({ [current]: refused }).whoami()).rejects.toMatchObject({ errors: ['No.'] });
    const dead: [number, unknown] = [403, { errors: ['Dead.'], code: 'key_revoked' }];
    await expect(
      connect({ [current]: dead, '/user-api-key/current.json': own }).whoami(),
    ).rejects.toMatchObject({
      code: 'key_revoked',
    });
  });

  test('whoami: on a site without session data, states why current.json rejects the key', async () => {
    const dead: [number, unknown] = [403, { errors: ['Dead.'], code: 'key_revoked' }];
    const answers = { [current]: [404, {}] as [number, unknown], '/user-api-key/current.json': dead };
    await expect(connect(answers).whoami()).rejects.toMatchObject({ code: 'key_revoked' });
  });

  test.each([
    [null],
    [{}],
    [{ current_user: null }],
    [{ current_user: { id: {}, username: 'x' } }],
    ['text'],
  ])('whoami: rejects %j as a user', async (body) => {
    await expect(connect({ [current]: [200, body] }).whoami()).rejects.toMatchObject({ name: 'SiteRefusal' });
  });

  test.each<[number, unknown, string | null]>([
    [200, { success: 'OK' }, 'revoked'],
    [403, { code: 'key_revoked', error_type: 'invalid_access' }, 'already_inactive'],
    [403, { errors: ['No.'], error_type: 'invalid_access' }, 'already_inactive'],
    [404, { error_type: 'not_found' }, 'already_inactive'],
    [403, { code: 'admin_key_in_user_header', error_type: 'invalid_access' }, null],
    [403, 'Are you human?', null],
    [429, { error_type: 'rate_limit' }, null],
    [500, {}, null],
  ])('revoke: the response %i %j is %s', async (status, body, outcome) => {
    const revoked = connect({ '/user-api-key/revoke': [status, body] }).revoke();
    if (outcome) expect(await revoked).toBe(outcome);
    else await expect(revoked).rejects.toMatchObject({ name: 'SiteRefusal', status });
  });
});
