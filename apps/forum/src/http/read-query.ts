import { invalidParameter } from './forum-error.ts';

/** Returns an integer of the query; the default if absent. @throws ForumError 400 for anything else */
export function readCount(
  query: URLSearchParams,
  name: string,
  { min, max, defaultValue }: { min: number; max: number; defaultValue: number },
): number {
  const text = query.get(name) ?? '';
  if (text === '') return defaultValue;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= min && count <= max))
    throw invalidParameter(`The parameter ${name} must be a number from ${min} to ${max}.`);
  return count;
}

/** As `readCount`, but the nearest allowed number for one outside of the bounds, and the default for a text, as Discourse. */
export function readClamped(
  query: URLSearchParams,
  name: string,
  { min, max, defaultValue }: { min: number; max: number; defaultValue: number },
): number {
  const text = query.get(name) ?? '';
  return /^\d{1,9}$/.test(text) ? Math.min(max, Math.max(min, Number(text))) : defaultValue;
}
