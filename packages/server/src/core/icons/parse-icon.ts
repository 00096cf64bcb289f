import { createHash } from 'node:crypto';
import { ValetkeyError } from '@valetkey/protocol';
import { type ImageType, readImageHeader } from './read-image-header.ts';

/** The largest icon in bytes. */
export const MAX_ICON_BYTES = 65_536;
/** The smallest and the longest side of an icon in pixels. */
const ICON_SIDES = { min: 16, max: 1024 } as const;
/** The longer side may exceed the shorter one by this factor, for pictures with an uneven margin. */
const MAX_RATIO = 1.1;

/** A checked image, identified by its content. */
export interface Icon {
  /** In lower-case hexadecimal digits. */
  readonly hash: string;
  readonly mediaType: ImageType;
  readonly bytes: Uint8Array;
}

/**
 * Validates the icon of a client by its bytes alone: a complete PNG, JPEG or WebP without animation, nearly square
 * (PROTOCOL.md#icons). The name and the declared type of a file are not used. SVG is rejected, because it can contain scripts.
 *
 * @throws ValetkeyError `icon_too_large`, `icon_invalid`
 */
export function parseIcon(bytes: Uint8Array): Icon {
  if (bytes.length > MAX_ICON_BYTES) throw new ValetkeyError('icon_too_large', { max_bytes: MAX_ICON_BYTES });
  const header = readImageHeader(bytes);
  if (!header) throw new ValetkeyError('icon_invalid', { reason: 'not_an_image' });
  const { width, height, mediaType } = header;
  if (header.isAnimated) throw new ValetkeyError('icon_invalid', { reason: 'animated' });
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < ICON_SIDES.min || long > ICON_SIDES.max) {
    const limits = { min_pixels: ICON_SIDES.min, max_pixels: ICON_SIDES.max };
    throw new ValetkeyError('icon_invalid', { reason: 'image_size', width, height, ...limits });
  }
  if (long > short * MAX_RATIO) {
    throw new ValetkeyError('icon_invalid', { reason: 'not_square', width, height });
  }
  return { hash: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes };
}
