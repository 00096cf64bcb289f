import { describe, expect, test } from 'vitest';
import { createCsrfTokens } from './csrf-tokens.ts';

const tokens = createCsrfTokens('a secret of this site');

describe('createCsrfTokens', () => {
  test('returns the same long token for a session on every node with the same secret', () => {
    const token = tokens.tokenOf('session-1');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(createCsrfTokens('a secret of this site').tokenOf('session-1')).toBe(token);
    expect(tokens.verify('session-1', token)).toBe(true);
  });

  test.each([
    ['of another session', tokens.tokenOf('session-2')],
    ['created with another secret', createCsrfTokens('another').tokenOf('session-1')],
    ['that is empty', ''],
    ['that is absent', null],
    ['that is truncated', tokens.tokenOf('session-1').slice(0, -1)],
    ['that is the session id itself', 'session-1'],
  ])('rejects a token %s', (_name, token) => {
    expect(tokens.verify('session-1', token)).toBe(false);
  });

  test('throws for an empty session id and an empty secret, whose tokens would be shared', () => {
    expect(() => tokens.tokenOf('')).toThrow(TypeError);
    expect(() => tokens.verify('', '')).toThrow(TypeError);
    expect(() => createCsrfTokens('')).toThrow(TypeError);
  });
});
