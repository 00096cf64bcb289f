import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameTracker } from './frame-tracker.ts';

/** Returns a text frame of a server. */
function frame(length: number): Buffer {
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, Buffer.alloc(length, 0x88)]);
}

test('a frame tracker is between frames exactly at their ends, however they are split', () => {
  const lengths = fc.array(fc.oneof(fc.nat(200), fc.integer({ min: 65_530, max: 65_540 })), { maxLength: 5 });
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 8 }), (sizes, cuts) => {
      const frames = sizes.map(frame);
      const all = Buffer.concat(frames);
      const ends = new Set([0]);
      for (const each of frames) ends.add(Math.max(...ends) + each.length);
      const tracker = createFrameTracker();
      let at = 0;
      for (const size of [...cuts, all.length]) {
        tracker.read(all.subarray(at, at + size));
        at = Math.min(all.length, at + size);
        expect(tracker.isBetweenFrames()).toBe(ends.has(at));
      }
    }),
  );
});
