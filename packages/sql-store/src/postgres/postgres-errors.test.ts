import { describe, expect, test } from 'vitest';
import { isAnswer, isConflict, toStoreError } from './postgres-errors.ts';

const driverError = (message: string, code?: string) =>
  Object.assign(
    new Error(message),
    code === undefined ? {} : { code, detail: 'Key (key_hash)=(value-to-find)' },
  );

describe('toStoreError', () => {
  test.each([
    ['the server shuts down', '57P01'],
    ['a statement took too long', '57014'],
    ['a standby server', '25006'],
    ['too many connections', '53300'],
    ['a full disk', '53100'],
    ['a wrong password', '28P01'],
    ['a deadlock', '40P01'],
    ['no server', 'ECONNREFUSED'],
    ['no answer', undefined],
  ])('returns store_unavailable: %s (%s)', (message, code) => {
    const error = toStoreError(driverError(message, code));
    expect(error).toMatchObject({ code: 'store_unavailable', cause: { message, code } });
  });

  test.each(['23505', '42P01', '22P02'])('returns another error for a fault of the program: %s', (code) => {
    expect(toStoreError(driverError('rejected', code))).toMatchObject({ name: 'PostgresError', code });
  });

  test('keeps no detail of the driver, and has a message for an error without one', () => {
    const error = toStoreError(driverError('duplicate key', '23505'));
    expect(JSON.stringify(Object.entries(error))).not.toContain('value-to-find');
    expect(toStoreError(driverError('', 'ECONNREFUSED')).cause).toMatchObject({ message: 'ECONNREFUSED' });
    expect(toStoreError(undefined).cause).toMatchObject({ message: 'The connection failed.' });
  });
});

describe('isConflict and isAnswer', () => {
  test('a serialization failure and a deadlock run again; the connection is kept only after an answer', () => {
    const of = (code?: string) => toStoreError(driverError('rejected', code));
    expect(['40001', '40P01', '23505', '57P01'].map((code) => isConflict(of(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(['40001', '23505', 'ECONNRESET', undefined].map((code) => isAnswer(of(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    // An error of the work itself: the connection is fine.
    expect(isAnswer(new Error('The disk is full.'))).toBe(true);
  });
});
