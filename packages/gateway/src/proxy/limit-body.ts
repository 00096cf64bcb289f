import { type Readable, Transform } from 'node:stream';

/** Thrown by a body that is larger than the configuration allows. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Returns the body, which fails with `BodyTooLarge` after this many bytes.
 *
 * @param maxBytes 0 for no limit
 */
export function limitBody(body: Readable, maxBytes: number): Readable {
  if (maxBytes === 0) return body;
  let size = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > maxBytes) done(new BodyTooLarge('The request body is too large.'));
      else done(null, chunk);
    },
  });
  body.on('error', (error) => counter.destroy(error));
  return body.pipe(counter);
}
