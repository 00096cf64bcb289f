import { ValetkeyError } from '@valetkey/protocol';

/**
 * How many seconds the old key lives on after a rotation; left out, it ends at once: whoever rotates after a leak must
 * not have to ask for that.
 *
 * @throws ValetkeyError `grace_invalid`
 */
export function parseGrace(value: unknown, { maxSeconds }: { readonly maxSeconds: number }): number {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : value;
  if (text === undefined || text === '') return 0;
  const seconds = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= maxSeconds)) throw new ValetkeyError('grace_invalid', { max_seconds: maxSeconds });
  return seconds;
}
