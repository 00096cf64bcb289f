import { renderUnicodeCompact } from 'uqr';

const MARGIN = 2;

/**
 * Draws a QR code with half blocks, dark on light in any colour scheme. Without colours it is correct on a dark
 * background; most cameras read both. Returns null if it is too wide.
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
