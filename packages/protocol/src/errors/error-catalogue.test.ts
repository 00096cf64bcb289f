import { describe, expect, test } from 'vitest';
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import type { ErrorEntry } from './error-entry.ts';

const rows = Object.entries<ErrorEntry>(ERROR_CATALOGUE);

describe.each(rows)('%s', (code, entry) => {
  test('has a stable code and an error status', () => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(entry.status === 0 || (entry.status >= 400 && entry.status < 600)).toBe(true);
    expect(entry.status === 0).toBe(entry.errorType === 'client_error');
  });

  test('has a sentence and an advice', () => {
    for (const text of [entry.sentence, entry.advice]) {
      expect(text).toMatch(/^[A-Z{].*\.$/);
      expect(text).not.toMatch(/[.!?] [A-Z]/);
      // Optional parts are in brackets. Each must contain a placeholder.
      expect(text.replace(/\[[^[\]{}]*\{[a-z_]+\}[^[\]{}]*\]/g, '')).not.toMatch(/[[\]]/);
    }
  });

  test('has no placeholder for a secret', () => {
    expect(entry.sentence + entry.advice).not.toMatch(
      /\{(key|payload|nonce|token|public_key|private_key|value)\}/,
    );
  });
});

test('public_key_is_private: advises to replace the key pair', () => {
  expect(ERROR_CATALOGUE.public_key_is_private.advice).toContain('Throw this key pair away');
});
