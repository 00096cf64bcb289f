import { once } from 'node:events';
import { CliError, EXIT } from '../exit-codes.ts';
import { printable } from '../terminal/printable.ts';

/** As much as `readSiteRefusal` reads. */
const MAX_KEPT_BYTES = 65_536;
const MAX_JSON_BYTES = 16_777_216;

/** Where a body is printed: standard output. */
export interface Output {
  readonly isTTY?: boolean;
  write(chunk: string | Uint8Array): boolean;
}

/**
 * Prints a body while it arrives, so that an endless one needs no memory. A terminal receives text without control
 * characters and with a line end; a file or a pipe receives the bytes.
 *
 * @returns the first 64 KiB, for the error message
 */
export async function streamBody(response: Response, output: Output & NodeJS.EventEmitter): Promise<Buffer> {
  const decoder = new TextDecoder();
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let lastByte: number | undefined;
  const write = async (chunk: string | Uint8Array): Promise<void> => {
    if (chunk.length > 0 && !output.write(chunk)) await once(output, 'drain');
  };
  try {
    for await (const chunk of response.body ?? []) {
      if (keptBytes < MAX_KEPT_BYTES) kept.push(chunk);
      keptBytes += chunk.length;
      lastByte = chunk.at(-1) ?? lastByte;
      await write(output.isTTY ? printable(decoder.decode(chunk, { stream: true })) : chunk);
    }
  } finally {
    const isOpenLine = lastByte !== undefined && lastByte !== NEW_LINE;
    if (isOpenLine && output.isTTY) output.write('\n');
    // An error message follows, which may appear on the same terminal.
    else if (isOpenLine && response.status >= 400) console.error();
  }
  return Buffer.concat(kept);
}

const NEW_LINE = 0x0a;

/** Reads a whole body for `--json`. @throws CliError 5 if it is longer than 16 MiB */
export async function readWhole(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_JSON_BYTES)
      throw new CliError(EXIT.unusable, 'The response is longer than 16 MiB. Request it without --json.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
