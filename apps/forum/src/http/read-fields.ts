import { invalidParameter } from './forum-error.ts';
import { type Body, readText } from './read-body.ts';

/** Returns one trimmed line of text; empty if absent. @throws ForumError 400 for control characters or too long a text */
export function readLine(body: Body, name: string, maxLength: number): string {
  const text = readText(body, name).trim();
  if (/\p{Cc}|\p{Cs}|[\u2028\u2029]/u.test(text))
    throw invalidParameter(`The parameter ${name} must be one line of text.`);
  if (text.length > maxLength)
    throw invalidParameter(`The parameter ${name} is too long (maximum is ${maxLength} characters).`);
  return text;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Returns a time after `now`, in milliseconds since 1970; null if absent. @throws ForumError 400 for anything else */
export function readFutureTime(body: Body, name: string, now: number): number | null {
  const text = readText(body, name);
  if (text === '') return null;
  const [, year, month, day] = TIME.exec(text) ?? [];
  // Date.parse reads 30 February as a day in March.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  const time = isDay ? Date.parse(text) : Number.NaN;
  if (!(time > now))
    throw invalidParameter(
      `The parameter ${name} must be a time in the future, such as 2030-01-31T12:00:00Z.`,
    );
  return time;
}
