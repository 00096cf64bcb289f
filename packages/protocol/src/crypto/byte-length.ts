const encoder = new TextEncoder();

/** Length of a text in UTF-8 bytes, which is how every limit of the protocol counts. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
