import { CliError, EXIT } from '../exit-codes.ts';

const SECONDS = { m: 60, h: 3_600, d: 86_400 } as const;

/** Returns `90m`, `12h` or `30d` in seconds. @throws CliError 2 */
export function readDuration(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  if (count === undefined) throw new CliError(EXIT.usage, 'Write --expires as 90m, 12h or 30d.');
  return Number(count) * SECONDS[unit as keyof typeof SECONDS];
}
