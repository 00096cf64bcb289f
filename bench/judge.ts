// How much does one warm judgement cost beside a bare SHA-256 of the key?
//
// The judge runs on every request of somebody's site, so what counts is the ratio, measured in one run: the same keys
// in the same random order, hash alone and judgement taking turns, the median of the rounds. Everything is on: the limits
// of the minute and the day as they are by default, a scope bound to a parameter's value, last-used. The clock is the
// benchmark's own and goes as fast as each key being asked for once a minute, so that the limits let all through.
// Run: npm run bench            (or, with another number of keys: npm run bench -- --keys 1000)
import { hash, randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createValetkey, defineScopes, hashKey, type SiteUser } from '@valetkey/server';
import { createMemoryStore } from '@valetkey/server/store/memory';

const ROUNDS = 15;
const JUDGEMENTS_PER_ROUND = 200_000;
const { values } = parseArgs({ options: { keys: { type: 'string', default: '100000' } } });
const keyCount = Number(values.keys);

const users = new Map<string, SiteUser>();
const store = createMemoryStore();
const keys: string[] = [];
for (let index = 0; index < keyCount; index += 1) {
  const id = `user-${index}`;
  users.set(id, {
    id,
    username: id,
    avatarTemplate: null,
    isAdmin: false,
    isStaff: false,
    isSuspended: false,
    groups: [],
  });
  const key = randomBytes(16).toString('hex');
  keys.push(key);
  await store.replaceKey({
    keyHash: hashKey(key),
    userId: id,
    kind: 'app',
    clientId: 'bench',
    applicationName: 'Bench',
    scopes: ['topic'],
    isUrlKey: false,
    pushUrl: null,
    createdAt: Date.now(),
    expiresAt: null,
  });
}

const MS_PER_JUDGEMENT = 60_000 / keyCount;
// In an array of numbers, so that moving it makes no garbage.
const clock = new Float64Array([Date.now()]);
const valetkey = await createValetkey({
  store,
  now: () => clock[0] as number,
  scopes: defineScopes({
    topic: {
      sentence: 'Read topic 7',
      permissions: [{ methods: ['GET'], route: 'topics#show', parameters: { topic_id: ['7'] } }],
    },
  }),
  site: {
    name: 'Bench',
    baseUrl: 'http://127.0.0.1',
    findSession: () => null,
    loginUrl: () => '/login',
    findUser: (id) => users.get(id) ?? null,
    usersRevision: () => 1,
    findUserByUsername: (username) => users.get(username) ?? null,
  },
});

const route = { name: 'topics#show', format: 'json', parameters: { topic_id: '7' } };
function judge(key: string) {
  clock[0] = (clock[0] as number) + MS_PER_JUDGEMENT;
  return valetkey.judge.judge({ key, method: 'GET', route, ipAddress: '192.0.2.1', userAgent: 'bench' });
}

for (const key of keys) {
  const verdict = await judge(key);
  if (!verdict.allowed) throw new Error(`The benchmark's own key was refused: ${verdict.code}`);
}

const order = Array.from({ length: JUDGEMENTS_PER_ROUND }, () => keys[randomInt(keyCount)] as string);
/** A hash, or a verdict at once that allows: a refusal would be cheaper, and a promise was not warm. */
const isGood = (answer: unknown): boolean =>
  typeof answer === 'string' || (answer as { allowed?: boolean }).allowed === true;
let bad = 0;

function nanosecondsEach(work: (key: string) => unknown): number {
  const start = process.hrtime.bigint();
  for (const key of order) if (!isGood(work(key))) bad += 1;
  return Number(process.hrtime.bigint() - start) / JUDGEMENTS_PER_ROUND;
}

const hashing: number[] = [];
const judging: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  hashing.push(nanosecondsEach((key) => hash('sha256', key)));
  judging.push(nanosecondsEach(judge));
}
if (bad > 0) throw new Error(`${bad} judgements were refused, or had to wait for the store.`);

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const [bare, judged] = [median(hashing), median(judging)];
// Each round against the one beside it: the machine's pace changes from second to second.
const ratio = median(judging.map((time, round) => time / (hashing[round] as number)));
console.log(
  `${keyCount.toLocaleString('en')} keys asked for at random, ${ROUNDS} rounds of ${JUDGEMENTS_PER_ROUND.toLocaleString('en')}, medians`,
);
console.log(`  bare SHA-256 of the key   ${(bare / 1000).toFixed(2)} µs`);
console.log(`  one warm judgement        ${(judged / 1000).toFixed(2)} µs`);
console.log(`  ratio                     ${ratio.toFixed(2)} ×`);
await valetkey.close();
