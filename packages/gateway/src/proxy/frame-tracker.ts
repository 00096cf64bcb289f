/** Follows the frames of a WebSocket, so that another frame is inserted only between two of them. */
export interface FrameTracker {
  /** Call it for each part that is sent to the client. */
  read(chunk: Buffer): void;
  isBetweenFrames(): boolean;
}

/** Creates a tracker at the start of a connection (RFC 6455 section 5.2). */
export function createFrameTracker(): FrameTracker {
  let header: number[] = [];
  let payloadLeft = 0;
  return {
    read(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (payloadLeft > 0) {
          const part = Math.min(payloadLeft, chunk.length - at);
          payloadLeft -= part;
          at += part;
          continue;
        }
        header.push(chunk[at] as number);
        at += 1;
        const length = findPayloadLength(header);
        if (length === null) continue;
        payloadLeft = length;
        header = [];
      }
    },
    isBetweenFrames: () => payloadLeft === 0 && header.length === 0,
  };
}

/** Returns the length of the payload behind a header; null if the header is incomplete. */
function findPayloadLength(header: readonly number[]): number | null {
  const second = header[1];
  if (second === undefined) return null;
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const mask = second & 0x80 ? 4 : 0;
  if (header.length < 2 + extended + mask) return null;
  if (extended === 0) return short;
  return header.slice(2, 2 + extended).reduce((length, byte) => length * 256 + byte, 0);
}
