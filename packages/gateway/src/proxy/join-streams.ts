import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Refusal } from '@valetkey/server';
import { closeWebSocket } from '@valetkey/server/forward-auth';
import { createFrameTracker } from './frame-tracker.ts';

interface ClientSide {
  readonly stream: Duplex;
  /** What the client has already sent. */
  readonly early: Buffer;
}

interface ServiceSide {
  readonly service: Socket;
  /** What the service has already sent. */
  readonly first: Buffer;
}

/** How long a client may take to read the rest of what the service sent, and to close its side. */
const LINGER_MS = 10_000;

/**
 * Connects both sides until one closes. Returns the function that ends both: with a close frame, if the service is not
 * within another frame.
 */
export function joinStreams(
  { stream, early }: ClientSide,
  { service, first }: ServiceSide,
): (why: Refusal) => void {
  const frames = createFrameTracker();
  const destroy = () => {
    stream.destroy();
    service.destroy();
  };
  const serviceClosed = () => {
    if (service.errored) return destroy();
    const timer = setTimeout(destroy, LINGER_MS).unref();
    stream.once('close', () => clearTimeout(timer));
    // What the client still sends has no receiver.
    return stream.resume().end();
  };
  // The event `close` follows, with or without an error.
  service.on('error', () => {});
  service.on('close', serviceClosed);
  stream.on('close', destroy);
  service.setTimeout(0);
  service.write(early);
  frames.read(first);
  stream.write(first);
  service.on('data', frames.read);
  stream.pipe(service).pipe(stream);
  return (why) => {
    service.unpipe(stream);
    service.off('close', serviceClosed);
    service.destroy();
    if (frames.isBetweenFrames()) closeWebSocket(stream, why);
    else stream.destroy();
  };
}
