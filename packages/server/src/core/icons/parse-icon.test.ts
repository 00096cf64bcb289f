import { createPng, createPngOfSize, ENCODED, HOSTILE_FILES } from '@valetkey/test-support/icons';
import { describe, expect, test } from 'vitest';
import { parseIcon } from './parse-icon.ts';
import { readImageHeader } from './read-image-header.ts';

const reasonOf = (bytes: Uint8Array) => {
  try {
    return parseIcon(bytes).mediaType;
  } catch (error) {
    const { code, details } = error as { code: string; details: { reason?: string } };
    return `${code} ${details.reason ?? ''}`.trim();
  }
};
const REAL = { png: createPng({ width: 16 }), ...ENCODED };

describe('parseIcon', () => {
  test.each(Object.entries(REAL))('accepts a %s, and knows its type and size by its bytes', (name, bytes) => {
    const [format = ''] = name
      .toLowerCase()
      .split(' ')
      .filter((word) => /png|jpeg|webp/.test(word));
    expect(parseIcon(bytes).mediaType).toBe(`image/${format}`);
    expect(readImageHeader(bytes)).toMatchObject({ width: 16, height: 16, isAnimated: false });
  });

  test.each(Object.entries(HOSTILE_FILES))('rejects %s', (_name, bytes) => {
    expect(reasonOf(bytes)).toBe('icon_invalid not_an_image');
  });

  test.each([
    [{ width: 15 }, 'icon_invalid image_size'],
    [{ width: 16 }, 'image/png'],
    [{ width: 1024 }, 'image/png'],
    [{ width: 1025 }, 'icon_invalid image_size'],
    [{ width: 20, height: 22 }, 'image/png'],
    [{ width: 20, height: 23 }, 'icon_invalid not_square'],
    [{ width: 64, height: 32 }, 'icon_invalid not_square'],
  ])('a PNG of %o: %s', (size, expected) => {
    expect(reasonOf(createPng(size))).toBe(expected);
  });

  test('rejects huge dimensions in a small file, in every format', () => {
    const png = createPng();
    png.writeUInt32BE(0xffff_ffff, 16);
    const jpeg = Buffer.from(ENCODED.jpeg);
    jpeg.writeUInt16BE(0xffff, jpeg.indexOf(Buffer.from('ffc0', 'hex')) + 5);
    const webp = Buffer.from(ENCODED['lossy WebP']);
    webp.writeUInt16LE(0x3fff, webp.indexOf(Buffer.from('9d012a', 'hex')) + 3);
    expect([png, jpeg, webp].map(reasonOf)).toEqual(Array(3).fill('icon_invalid image_size'));
  });

  test('rejects a WebP whose picture is larger than its canvas', () => {
    const webp = Buffer.from(ENCODED['WebP with transparency']);
    webp.writeUInt16LE(0x3fff, webp.indexOf(Buffer.from('9d012a', 'hex')) + 3);
    expect(reasonOf(webp)).toBe('icon_invalid not_an_image');
  });

  test('rejects animations', () => {
    const png = createPng({}, { name: 'acTL', content: Buffer.alloc(8) });
    const webp = Buffer.from(ENCODED['WebP with transparency']);
    webp.write('ANIM', webp.indexOf('ALPH'));
    expect([png, webp].map(reasonOf)).toEqual(Array(2).fill('icon_invalid animated'));
  });

  test('accepts 64 KiB and no byte more', () => {
    expect(reasonOf(createPngOfSize(65_536))).toBe('image/png');
    expect(reasonOf(createPngOfSize(65_537))).toBe('icon_too_large');
  });

  test('identifies an icon by its content', () => {
    expect(parseIcon(createPng()).hash).toMatch(/^[0-9a-f]{64}$/);
    expect(parseIcon(createPng()).hash).not.toBe(parseIcon(createPng({ width: 33 })).hash);
  });
});

describe('readImageHeader', () => {
  test.each(Object.entries(REAL))(
    '%s: rejects each beginning of the file, and never throws',
    (_name, bytes) => {
      for (let length = 0; length < bytes.length; length += 1)
        expect(readImageHeader(bytes.subarray(0, length)), `${length} bytes`).toBeNull();
    },
  );

  test.each(Object.entries(REAL))('%s: ends for each changed byte', (_name, bytes) => {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        expect(() => readImageHeader(changed)).not.toThrow();
      }
    }
  });
});
