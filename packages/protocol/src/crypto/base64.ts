/** Decodes base64 without whitespace; padding may be missing. Returns null if it is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(letters) || letters.length % 4 === 1) return null;
  return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
}

/** Encodes as base64 on one line. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
