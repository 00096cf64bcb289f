import { expect, test } from 'vitest';
import { summarizeProfile } from './summarize-profile.ts';

const node = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, scriptId: '0', url, lineNumber: 6, columnNumber: 0 },
});

test('summarizeProfile: gives shares of the working time by part and by function', () => {
  const { parts, functions } = summarizeProfile({
    startTime: 0,
    endTime: 100,
    nodes: [
      node(1, '(idle)', ''),
      node(2, 'verify', 'file:///code/packages/server/src/verify/verifier.ts'),
      node(3, 'json', 'file:///code/bench/node_modules/hono/dist/context.js'),
      node(4, 'post', 'node:inspector'),
    ],
    samples: [1, 2, 3, 4, 2],
    timeDeltas: [50, 10, 10, 10, 20],
  });
  expect(parts).toEqual([
    { name: 'Valetkey: server/verify', share: 0.75 },
    { name: 'hono', share: 0.25 },
  ]);
  expect(functions[0]).toEqual({ name: 'verify (packages/server/src/verify/verifier.ts:7)', share: 0.75 });
});
