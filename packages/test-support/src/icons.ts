import { crc32, deflateSync } from 'node:zlib';

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/**
 * Returns a picture in one colour: a valid PNG of this size in pixels.
 *
 * @param extra a chunk to insert before the pixels
 */
export function createPng(
  {
    width = 32,
    height = width,
    color = [0x1d, 0x5c, 0x4a],
  }: { width?: number; height?: number; color?: number[] } = {},
  extra?: { name: string; content: Uint8Array },
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, true colour.
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.from([0, ...Array.from({ length: width }, () => color).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...(extra ? [chunk(extra.name, extra.content)] : []),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Returns a valid PNG of exactly this number of bytes. */
export function createPngOfSize(bytes: number): Buffer {
  const content = Buffer.alloc(bytes - createPng().length - 12, 'x');
  return createPng({}, { name: 'tEXt', content });
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');

/** Pictures of 16 x 16 pixels that Chromium has encoded, by their format. */
export const ENCODED = {
  jpeg: fromBase64(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAEC/8QAIBAAAQQCAgMBAAAAAAAAAAAAAgEDBAYABRIxIUHRsf/EABUBAQEAAAAAAAAAAAAAAAAAAAEE/8QAFxEBAAMAAAAAAAAAAAAAAAAAABIiYf/aAAwDAQACEQMRAD8A1XK8O1bORIcIGRLiiB2S+/1MWOvDqmwkR3CNki4qh9ivrLW7AGqbcjyWzNki5IodivzxiyWANq23HjNmDIlyVT7JfmKakNf/2Q==',
  ),
  'lossy WebP': fromBase64(
    'UklGRnIAAABXRUJQVlA4IGYAAABQAgCdASoQABAAAsBMJZAAD48OnwIR2oq9AYAA/uvnutugZZG3erMkgxD5gm46HLY2tS6/icQ2KUsB9fMPLqklj3d3k/W/28c2ZArMzsajNj92ZSy5u0n/leulPg8mbV8caqwAAAA=',
  ),
  'lossless WebP': fromBase64(
    'UklGRrwAAABXRUJQVlA4TK8AAAAvD8ADAK+gKJKkNnk5kp64wBBKAwBNszhJErTZJ1MUSVKbvJzIb2yggvmPv34xgUgQESIARKwCAWSUrk5Mvf/sPtRVZXPfxcqQiJpCRGcOJAIHkSQpUh7j849/sbO7Dwoi+q/AbRulYzx4BgAAAABgXZuZ4XhGPI+ukvEeERFxm0qcESWfhfTvGu8hsUfUvH9GMd0K+qJwabSUY8urlMdYPXy+plzn/JkquW3Lnz4UAA==',
  ),
  'WebP with transparency': fromBase64(
    'UklGRgABAABXRUJQVlA4WAoAAAAQAAAADwAADwAAQUxQSHMAAAANcFpt27LcPxbdRoDkiUPyQVgMViBChehOJbq7y+8TRMQEoFc7GznmRPSFoVl7iFny4+YOa9RfuInkGkv+PZHKnznYQDzWvQO+2VtC8E5Rc+oVJN6zv/swJNFAtBy3iqzqYudiMgCMq0ieSxM7G2SfN6gOAFZQOCBmAAAAUAMAnQEqEAAQAALATCWwAnRzATABcAHWAegB5OnsAeSqEqAA/u5DHofss09d2a4bH/DppPeYzRiQ5mfPX/5NuCL5em9RhSX/gV529JjuM72t/wLaFuk0jmgEP4iplHcD1SKVVAAA',
  ),
} as const;

/** Files that are no icons, by the attack. */
export const HOSTILE_FILES: Readonly<Record<string, Uint8Array>> = {
  'an SVG': Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
  'an HTML page': Buffer.from('<!doctype html><script>alert(1)</script>'),
  'an HTML page that begins like a PNG': Buffer.concat([
    createPng().subarray(0, 8),
    Buffer.from('<script>alert(1)</script>'),
  ]),
  'a PNG with a page after it': Buffer.concat([createPng(), Buffer.from('<script>alert(1)</script>')]),
  'a JPEG with a page after it': Buffer.concat([
    fromBase64(
      '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAQABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAEC/8QAIBAAAQQCAgMBAAAAAAAAAAAAAgEDBAYABRIxIUHRsf/EABUBAQEAAAAAAAAAAAAAAAAAAAEE/8QAFxEBAAMAAAAAAAAAAAAAAAAAABIiYf/aAAwDAQACEQMRAD8A1XK8O1bORIcIGRLiiB2S+/1MWOvDqmwkR3CNki4qh9ivrLW7AGqbcjyWzNki5IodivzxiyWANq23HjNmDIlyVT7JfmKakNf/2Q==',
    ),
    Buffer.from('<script>alert(1)</script>'),
  ]),
  'a JPEG with a page after it, and the end of a JPEG after that': Buffer.concat([
    ENCODED.jpeg,
    Buffer.from('<script>alert(1)</script>'),
    ENCODED.jpeg.subarray(-2),
  ]),
  'a GIF': Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64'),
  'an empty file': Buffer.alloc(0),
  'a truncated PNG': createPng().subarray(0, -1),
  'the signature of a PNG alone': createPng().subarray(0, 8),
  'a PNG without pixels': Buffer.concat([createPng().subarray(0, 33), chunk('IEND', Buffer.alloc(0))]),
};
