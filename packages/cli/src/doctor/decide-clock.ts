import { type Finding, finding } from './finding.ts';

const MAX_MINUTES = 5;

/**
 * Compares the local clock with the `Date` of a response. A difference of up to five minutes does not matter.
 *
 * @param now milliseconds since 1970, when the response was received
 */
export function decideClock(headers: Headers, now: number): Finding[] {
  const sentAt = Date.parse(headers.get('date') ?? '');
  // A cached response has the time at which it was stored.
  const ageSeconds = Number(headers.get('age') ?? 0) || 0;
  const minutes = Math.round((now - sentAt) / 60_000 - ageSeconds / 60);
  if (Number.isNaN(minutes) || Math.abs(minutes) <= MAX_MINUTES) return [];
  const direction = minutes > 0 ? 'ahead of' : 'behind';
  return [
    finding(
      'clock_differs',
      `The clock of this computer is ${format(Math.abs(minutes))} ${direction} the site.`,
    ),
  ];
}

function format(minutes: number): string {
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  if (days > 1) return `${days} days`;
  return hours > 1 ? `${hours} hours` : `${minutes} minutes`;
}
