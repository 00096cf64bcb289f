import type { Duplex } from 'node:stream';
import type { Refusal } from '../core/refusal.ts';

/** RFC 6455 section 7.4.1: policy violation, and `Try Again Later` of the registry for a store that is unavailable. */
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

/** How long the client may take to close its end, in milliseconds. */
const GRACE_MS = 2_000;

/** Returns a close frame of a server with the error code as reason (RFC 6455 section 5.5.1). */
function encodeCloseFrame({ code }: Refusal): Buffer {
  const status = code === 'store_unavailable' ? TRY_AGAIN_LATER : POLICY_VIOLATION;
  const payload = Buffer.from([status >> 8, status & 255, ...Buffer.from(code)]);
  return Buffer.from([0x88, payload.length, ...payload]);
}

/**
 * Closes a WebSocket whose key has ended, whatever library serves it. Nothing that the client sends is delivered
 * from then on.
 */
export function closeWebSocket(socket: Duplex, why: Refusal): void {
  socket.removeAllListeners('data');
  // Unread data would make the system reset the connection, and the client would miss the reason.
  socket.resume();
  socket.end(encodeCloseFrame(why));
  const timer = setTimeout(() => socket.destroy(), GRACE_MS).unref();
  socket.once('close', () => clearTimeout(timer));
}
