import { expect, test } from 'vitest';
import { parseRedirect } from './redirect.ts';
import { isRedirectAllowed, parseRedirectPatterns } from './redirect-pattern.ts';

const isAllowed = (pattern: string, redirect: string): boolean =>
  isRedirectAllowed(parseRedirect(redirect), parseRedirectPatterns(pattern));

test.each(['127.0.0.1', '[::1]', 'localhost'])(
  'http://%s/* without a port: allows any port on exactly that host',
  (host) => {
    const pattern = `http://${host}/*`;
    for (const port of ['', ':80', ':8080', ':51234'])
      expect(isAllowed(pattern, `http://${host}${port}/cb`)).toBe(true);
    for (const other of ['127.0.0.1', '[::1]', 'localhost', 'localhost.evil.example', 'evil.example']) {
      expect(isAllowed(pattern, `http://${other}:8080/cb`)).toBe(other === host);
    }
    expect(isAllowed(pattern, `https://${host}:8080/cb`)).toBe(false);
  },
);

test.each(['127.0.0.1', '[::1]', 'localhost'])('http://%s:3000/*: a pattern with a port is exact', (host) => {
  for (const port of [':3000', ':3001', '', ':80']) {
    expect(isAllowed(`http://${host}:3000/*`, `http://${host}${port}/cb`)).toBe(port === ':3000');
  }
});
