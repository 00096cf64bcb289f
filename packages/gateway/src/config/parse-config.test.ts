import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './parse-config.ts';

const VALID = `name: Plum Wiki
base_url: https://wiki.example/
listen: 127.0.0.1:8443
upstream: http://127.0.0.1:8080
store: ./valetkey-data
accounts:
  ask: { url: http://127.0.0.1:8080/whoami, login: '/login?next={return_to}' }
scopes:
  notes_read:  { sentence: Read your notes, routes: [GET /api/notes, GET /api/notes/:id] }
  notes_write: { sentence: Change your notes, dangerous: true, routes: [POST /api/notes, DELETE /api/notes/:id] }
settings: { allowed_user_api_auth_redirects: ['http://127.0.0.1/*'] }
`;
const withOidc = (fields: string) => VALID.replace(/ask: .*/, `oidc: { ${fields} }`);
const parse = (text: string, environment = {}) => parseConfig(text, '/etc/valetkey.yaml', environment);

describe('parseConfig', () => {
  test('accepts a configuration of fewer than 30 lines', () => {
    expect(VALID.split('\n').length).toBeLessThan(30);
    expect(parse(VALID)).toMatchObject({
      baseUrl: 'https://wiki.example',
      listen: { kind: 'tcp', host: '127.0.0.1', port: 8443 },
      store: { kind: 'sqlite', folder: '/etc/valetkey-data' },
      scopes: { notes_write: { isDangerous: true } },
      audience: 'http://127.0.0.1:8080',
    });
  });

  test.each([
    [
      'a missing field',
      VALID.replace('upstream', '#upstream'),
      '1:1: upstream is missing. Add the line “upstream: …”.',
    ],
    [
      'an unknown field',
      `${VALID}setings: {}\n`,
      '12:1: The field setings is unknown. Remove it, or use one of: name,',
    ],
    ['a bad indent', VALID.replace('  ask', ' - ask'), '7:'],
    ['a field twice', `${VALID}name: Other\n`, '12:1: Map keys must be unique.'],
    [
      'a URL that is none',
      VALID.replace('https://wiki.example/', 'wiki.example'),
      '2:11: base_url is not an http URL.',
    ],
    ['an upstream with a path', VALID.replace(':8080\n', ':8080/app\n'), '4:11: upstream is not an origin.'],
    [
      'a route without a method',
      VALID.replace('GET /api/notes,', '/api/notes,'),
      '9:54: This is not a route. Write a method of',
    ],
    [
      'a route with an encoded slash',
      VALID.replace('POST /api/notes', 'POST /api%2fnotes'),
      '10:73: The route post:/api%2fnotes cannot be used',
    ],
    [
      'two names of one route',
      VALID.replace('POST /api/notes,', 'GET /api/notes/:name,'),
      '9:3: Two routes have the same method and path',
    ],
    [
      'an unknown setting',
      VALID.replace('allowed_user_api_auth', 'allowed_auth'),
      '11:37: There is no setting named allowed_auth_redirects.',
    ],
    [
      'a setting out of range',
      VALID.replace("allowed_user_api_auth_redirects: ['http://127.0.0.1/*']", 'max_app_user_api_keys: 0'),
      '11:36: The value for the setting max_app_user_api_keys is invalid',
    ],
    [
      'two kinds of accounts',
      VALID.replace('scopes:', '  header: {}\nscopes:'),
      '7:3: accounts does not have exactly one kind.',
    ],
    [
      'a sign-in URL without the place to return to',
      VALID.replace('?next={return_to}', ''),
      '7:52: accounts.ask.login is not a sign-in URL.',
    ],
    [
      'a store of an unknown kind',
      VALID.replace('./valetkey-data', 'mysql://db'),
      '5:8: This kind of store is unknown.',
    ],
    [
      'a peer that is no address',
      `${VALID}trusted_proxies: [proxy.example]\n`,
      '12:19: proxy.example is not an IP address or network.',
    ],
    ['a secret in the file', `${VALID}secret: 0123456789\n`, '12:9: secret is not a map.'],
    ['a short secret', `${VALID}secret: { env: SHORT }\n`, '12:9: The secret has fewer than 32 characters.'],
    [
      'a file that does not exist',
      `${VALID}secret: { file: /no/such/file }\n`,
      '12:17: secret.file cannot be read (ENOENT).',
    ],
    [
      'an alias',
      VALID.replace('Plum Wiki', '&a Plum Wiki').replace('./valetkey-data', '*a'),
      '5:8: store is an alias.',
    ],
    [
      'a database URL with a password',
      VALID.replace('./valetkey-data', 'postgres://me:hunter2@db/wiki'),
      '5:8: store contains a password. Write { env: NAME }',
    ],
    [
      'a variable that is not set',
      VALID.replace('./valetkey-data', '{ env: MISSING }'),
      '5:15: The environment variable MISSING is not set.',
    ],
    [
      'a Valkey URL of another kind',
      `${VALID}valkey: http://cache\n`,
      '12:9: valkey is not a URL of this kind.',
    ],
    [
      'an issuer over http on another computer',
      withOidc('issuer: http://id.example, client_id: wiki'),
      '7:19: accounts.oidc.issuer is not an https URL.',
    ],
    [
      'a client secret that is not set',
      withOidc('issuer: https://id.example, client_id: wiki, client_secret_env: MISSING'),
      '7:75: The environment variable MISSING is not set.',
    ],
    ['an empty file', '', '1:1: The file is empty.'],
  ])('reports %s with file, line, column and remedy', (_, text, start) => {
    expect(() => parse(text, { SHORT: 'abc' })).toThrow(`/etc/valetkey.yaml:${start}`);
  });

  test('reads the URLs of PostgreSQL and Valkey from the environment', () => {
    const text = `${VALID.replace('./valetkey-data', '{ env: DB }')}valkey: { env: CACHE }\n`;
    const [DB, CACHE] = ['postgres://me:hunter2@db/wiki', 'rediss://:hunter2@cache'];
    expect(parse(text, { DB, CACHE })).toMatchObject({ store: { kind: 'postgres', url: DB }, valkey: CACHE });
    expect(() => parse(text, { DB: 'http://hunter2', CACHE })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  test('no message contains a secret', () => {
    const secret = 'a-secret-of-less-than-32';
    expect(() => parse(`${VALID}secret: { env: A }\n`, { A: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
    expect(parse(`${VALID}secret: { env: A }\n`, { A: 'x'.repeat(32) }).secret).toBe('x'.repeat(32));
  });

  test('rejects every damaged file with ConfigError only', () => {
    const damaged = fc
      .tuple(fc.nat(VALID.length), fc.nat(20), fc.string({ maxLength: 5 }))
      .map(([at, length, inserted]) => VALID.slice(0, at) + inserted + VALID.slice(at + length));
    fc.assert(
      fc.property(damaged, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          expect((error as Error).message).toMatch(/^\/etc\/valetkey\.yaml:\d+:\d+: .+\. .+[.,:)]/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
