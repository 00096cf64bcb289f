import { renderUnicodeCompact } from 'uqr';

const MARGIN = 2;

/**
 * A QR code out of half blocks, dark on light in whatever colours the terminal has; without colours it is right on a dark
 * one, and most cameras read both. Null where it does not fit.
 */
export function drawQrCode(
  text: string,
  { columns = 80, env = process.env }: { readonly columns?: number; readonly env?: NodeJS.ProcessEnv },
): string | null {
  const lines = renderUnicodeCompact(text, { border: MARGIN }).split('\n');
  if (lines.some((line) => line.length > columns)) return null;
  const isColoured = !env.NO_COLOR && env.TERM !== 'dumb';
  return lines.map((line) => (isColoured ? `\u001b[97;40m${line}\u001b[0m` : line)).join('\n');
}
