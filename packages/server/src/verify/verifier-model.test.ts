import fc from 'fast-check';
import { test } from 'vitest';
import { createWorld, DAY, MINUTE } from './test-support/verifier-world.ts';

const USERS = ['alice', 'bob'];
const key = fc.nat({ max: 9 });
const owner = fc.constantFrom(...USERS);
const length = fc.oneof(
  fc.constantFrom(1, MINUTE - 1, MINUTE, DAY - 1, DAY, DAY + 1),
  fc.integer({ min: 0, max: 30_000 }),
  fc.integer({ min: 0, max: 100 }).map((days) => days * DAY),
);
const limits = fc.record({
  perMinute: fc.integer({ min: 1, max: 30 }),
  perDay: fc.integer({ min: 1, max: 60 }),
});
const a = <const Name extends string>(name: Name) => fc.constant(name);
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: a('use'), key, times: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: a('make'),
      kind: fc.constantFrom('app', 'personal'),
      owner,
      client: fc.constantFrom('plum', 'pear'),
      ttl: fc.option(length),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: a('change'), key, how: fc.constantFrom('revoke', 'undo') }) },
  { weight: 1, arbitrary: fc.record({ do: a('rotate'), key, grace: length }) },
  { weight: 1, arbitrary: fc.record({ do: a('suspend'), owner }) },
  { weight: 1, arbitrary: fc.record({ do: a('sweep') }) },
  { weight: 1, arbitrary: fc.record({ do: a('limit'), limits }) },
  { weight: 4, arbitrary: fc.record({ do: a('tick'), ms: length }) },
  { weight: 1, arbitrary: fc.record({ do: a('tick'), ms: length.map((ms) => -ms) }) },
);

test('verify: decides on every node as the store alone would, whatever is cached, changed or evicted, however the clock is set', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        capacity: fc.integer({ min: 1, max: 4 }),
        isAsync: fc.boolean(),
        hasRevision: fc.boolean(),
      }),
      fc.array(step, { minLength: 1, maxLength: 150, size: 'max' }),
      async (parts, steps) => {
        const world = createWorld(parts);
        for (const name of USERS) await world.make('app', name, 'plum', null);
        const textAt = (number: number) => world.texts[number % world.texts.length] as string;
        for (const each of steps) {
          if (each.do === 'use') await world.use(textAt(each.key), each.times);
          else if (each.do === 'make') await world.make(each.kind, each.owner, each.client, each.ttl);
          else if (each.do === 'change') await world[each.how](textAt(each.key));
          else if (each.do === 'rotate') await world.rotate(textAt(each.key), each.grace);
          else if (each.do === 'suspend') world.suspend(each.owner);
          else if (each.do === 'sweep') await world.sweep();
          else if (each.do === 'limit') world.state.limits = each.limits;
          else world.tick(each.ms);
        }
        for (const text of world.texts) await world.use(text, 1);
      },
    ),
    { numRuns: 300 },
  );
});
