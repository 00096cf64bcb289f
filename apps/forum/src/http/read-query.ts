import { invalidParameter } from './forum-error.ts';

/** A whole number of the query; `otherwise` where it is absent. @throws ForumError 400 for anything else */
export function readCount(
  query: URLSearchParams,
  name: string,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): number {
  const text = query.get(name) ?? '';
  if (text === '') return otherwise;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= min && count <= max))
    throw invalidParameter(`The parameter ${name} has to be a number from ${min} to ${max}.`);
  return count;
}
