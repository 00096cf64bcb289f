import { html } from 'hono/html';
import type { Html } from '../html.ts';

/** Numbers, lists and times as text in one locale. Times are in UTC; `times.js` rewrites them in the reader's time zone. */
export interface Format {
  number(value: number): string;
  /** “a, b, c” */
  list(items: readonly (string | Html)[]): Html;
  /** “May 3, 2026 (UTC)” */
  day(time: number): Html;
  /** “May 3, 2026 at 2:05 PM UTC” */
  dateTime(time: number): Html;
  /** “now”, “2 hours ago”, “12 days ago”: the largest whole unit. */
  ago(time: number, now: number): Html;
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
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const date = (time: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(time);
  return {
    number,
    list: (items) =>
      html`${new Intl.ListFormat(locale, { type: 'unit' })
        .formatToParts(items.map((_, index) => String(index)))
        .map(({ type, value }) => (type === 'element' ? items[Number(value)] : value))}`,
    day: (time) => timeElement(time, 'day', `${date(time, { dateStyle: 'long' })} (UTC)`),
    dateTime: (time) => timeElement(time, 'minute', date(time, MINUTE)),
    ago(time, now) {
      const [unit, count] = largestUnit(Math.max(0, (now - time) / 1000));
      const relative = new Intl.RelativeTimeFormat(locale, { numeric: count === 0 ? 'auto' : 'always' });
      return timeElement(time, 'ago', relative.format(-count, unit));
    },
    duration(seconds) {
      const [unit, count] = largestUnit(seconds);
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    },
    plural: (count, forms) =>
      (forms[new Intl.PluralRules(locale).select(count)] ?? forms.other).replaceAll('#', () => number(count)),
  };
}

function timeElement(time: number, style: 'day' | 'minute' | 'ago', text: string): Html {
  return html`<time datetime="${new Date(time).toISOString()}" data-style="${style}">${text}</time>`;
}

function largestUnit(seconds: number): [unit: (typeof UNITS)[number][0], count: number] {
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ['second', 1];
  return [unit, Math.floor(seconds / size)];
}
