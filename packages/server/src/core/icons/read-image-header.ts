/** The media types of the images that are recognized. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

/** What the bytes of a complete image state about it. */
export interface ImageHeader {
  readonly mediaType: ImageType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
}

/**
 * Reads type and size of an image from its bytes. Follows the structure of the file to its end, in one pass without
 * recursion. Does not decompress.
 *
 * @returns null for any other content, and for an image that is incomplete or is followed by other content
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readJpeg(view) ?? readWebp(view);
  } catch (error) {
    // The file ends before its structure does.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const PNG_SIGNATURE = 0x89504e470d0a1a0an;

/** A PNG is a list of chunks from IHDR to IEND: length, name, content, checksum (ISO/IEC 15948). */
function readPng(view: DataView): ImageHeader | null {
  if (view.byteLength < 8 || view.getBigUint64(0) !== PNG_SIGNATURE) return null;
  if (view.getUint32(8) !== 13 || nameAt(view, 12) !== 'IHDR') return null;
  let hasPixels = false;
  let isAnimated = false;
  for (let at = 8; ; ) {
    const name = nameAt(view, at + 4);
    if (at > 8 && name === 'IHDR') return null;
    hasPixels ||= name === 'IDAT';
    isAnimated ||= name === 'acTL';
    at += 12 + view.getUint32(at);
    if (name !== 'IEND') continue;
    if (at !== view.byteLength || !hasPixels) return null;
    return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20), isAnimated };
  }
}

const [SOI, EOI, SOS] = [0xd8, 0xd9, 0xda];
/** The frames, without the markers DHT, JPG and DAC between them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** A JPEG is a list of segments: 0xff, marker, length, content. Pixels follow each SOS (ITU T.81). */
function readJpeg(view: DataView): ImageHeader | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xff00 + SOI) return null;
  let size: { width: number; height: number } | null = null;
  let hasPixels = false;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === EOI) {
      const isComplete = hasPixels && at + 2 === view.byteLength;
      return isComplete && size ? { mediaType: 'image/jpeg', ...size, isAnimated: false } : null;
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    if (isFrame(marker)) {
      // The first frame alone decides the size.
      if (size !== null) return null;
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + length;
    if (marker !== SOS) continue;
    hasPixels = true;
    at = findMarker(view, at);
  }
}

/** Returns where the pixels end. In pixels, 0xff is followed by zero, or by one of the markers RST0 to RST7. */
function findMarker(view: DataView, start: number): number {
  for (let at = start; ; at += 1) {
    if (view.getUint8(at) !== 0xff) continue;
    const next = view.getUint8(at + 1);
    const isPixel = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isPixel) return at;
  }
}

/** A WebP is a RIFF container: name, length, content, padded to an even length (RFC 9649). */
function readWebp(view: DataView): ImageHeader | null {
  if (view.byteLength < 12 || nameAt(view, 0) !== 'RIFF' || nameAt(view, 8) !== 'WEBP') return null;
  if (view.getUint32(4, true) + 8 !== view.byteLength) return null;
  let canvas: { width: number; height: number } | null = null;
  let pixels: { width: number; height: number } | null = null;
  let isAnimated = false;
  for (let at = 12; at < view.byteLength; ) {
    const name = nameAt(view, at);
    const start = at + 8;
    if (name === 'VP8X') canvas = { width: readUint24(view, start + 4), height: readUint24(view, start + 7) };
    if (name === 'ANIM' || name === 'ANMF') isAnimated = true;
    if (name === 'VP8 ' || name === 'VP8L') {
      if (pixels !== null) return null;
      pixels = name === 'VP8 ' ? readLossy(view, start) : readLossless(view, start);
      if (pixels === null) return null;
    }
    const length = view.getUint32(at + 4, true);
    at = start + length + (length % 2);
    if (at > view.byteLength) return null;
  }
  if (isAnimated && canvas) return { mediaType: 'image/webp', ...canvas, isAnimated };
  const isWhole = canvas === null || (canvas.width === pixels?.width && canvas.height === pixels.height);
  return pixels && isWhole ? { mediaType: 'image/webp', ...pixels, isAnimated } : null;
}

function readLossy(view: DataView, start: number): { width: number; height: number } | null {
  const isKeyFrame = (view.getUint8(start) & 1) === 0;
  if (!isKeyFrame || view.getUint16(start + 3) !== 0x9d01 || view.getUint8(start + 5) !== 0x2a) return null;
  return {
    width: view.getUint16(start + 6, true) & 0x3fff,
    height: view.getUint16(start + 8, true) & 0x3fff,
  };
}

function readLossless(view: DataView, start: number): { width: number; height: number } | null {
  if (view.getUint8(start) !== 0x2f) return null;
  const bits = view.getUint32(start + 1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

const readUint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000 + 1;

const nameAt = (view: DataView, at: number): string => {
  const code = view.getUint32(at);
  return String.fromCharCode(code >>> 24, (code >>> 16) & 0xff, (code >>> 8) & 0xff, code & 0xff);
};
