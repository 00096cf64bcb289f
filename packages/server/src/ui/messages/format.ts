import { html } from 'hono/html';
import type { Html } from '../html.ts';

/** Numbers, lists and times as text in one locale. Times are in UTC; `times.js` rewrites them in the reader's time zone. */
export interface Format {
  number(value: number): string;
  /** “a, b, c” */
  list(items: readonly (string | Html)[]): Html;
  /** “a, b, or c” */
  anyOf(items: readonly (string | Html)[]): Html;
  /** “May 3, 2026 (UTC)” */
  day(time: number): Html;
  /** “May 3, 2026”: a day in UTC, which is the same for every reader. */
  utcDay(time: number): string;
  /** “May 3, 2026 at 2:05 PM UTC” */
  dateTime(time: number): Html;
  /** “now”, “2 hours ago”, “12 days ago”: the largest whole unit, with the exact time as a tooltip. */
  ago(time: number, until: number): Html;
  /** “3 days”, “2 hours”: the largest whole unit. */
  duration(seconds: number): string;
  /** Returns the form for the number, with `#` replaced by the number. */
  plural(count: number, forms: PluralForms): string;
}

/** The forms of a text by plural category. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const MINUTE: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

/** @param locale BCP 47 tag; its language is the language of the messages */
export function createFormat(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const number = (value: number) => numbers.format(value);
  const lists = new Intl.ListFormat(locale, { type: 'unit' });
  const alternatives = new Intl.ListFormat(locale, { type: 'disjunction' });
  const plurals = new Intl.PluralRules(locale);
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const minutes = new Intl.DateTimeFormat(locale, { ...MINUTE, timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const now = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  return {
    number,
    list: (items) => join(items, lists),
    anyOf: (items) => join(items, alternatives),
    day: (time) => timeElement(time, 'day', `${days.format(time)} (UTC)`),
    utcDay: (time) => days.format(time),
    dateTime: (time) => timeElement(time, 'minute', minutes.format(time)),
    ago(time, until) {
      const [unit, count] = largestUnit(Math.max(0, (until - time) / 1000));
      const text = count === 0 ? now : relative.format(-count, unit);
      return timeElement(time, 'ago', text, minutes.format(time));
    },
    duration(seconds) {
      const [unit, count] = largestUnit(seconds);
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    },
    plural: (count, forms) =>
      (forms[plurals.select(count)] ?? forms.other).replaceAll('#', () => number(count)),
  };
}

function join(items: readonly (string | Html)[], lists: Intl.ListFormat): Html {
  const parts = lists.formatToParts(items.map((_, index) => String(index)));
  return html`${parts.map(({ type, value }) => (type === 'element' ? items[Number(value)] : value))}`;
}

function timeElement(time: number, style: 'day' | 'minute' | 'ago', text: string, title?: string): Html {
  const exact = title === undefined ? '' : html` title="${title}"`;
  return html`<time datetime="${new Date(time).toISOString()}" data-style="${style}"${exact}>${text}</time>`;
}

function largestUnit(seconds: number): [unit: (typeof UNITS)[number][0], count: number] {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1];
  return [unit, Math.floor(seconds / size)];
}
