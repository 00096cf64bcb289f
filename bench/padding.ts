// Tests whether the time to decrypt a payload depends on where its padding is wrong. If it did, an attacker who can
// make an app open chosen payloads could decrypt others (Bleichenbacher 1998). Blocks of each kind are created with
// the public key. Valid and invalid ones alternate in random order, and Welch’s t-test compares the means, like
// dudect: values beyond ±4.5 indicate a leak.
// Run: node bench/padding.ts (see docs/security/padding.md)
import { constants, generateKeyPairSync, publicEncrypt, randomBytes, randomInt } from 'node:crypto';
import { openPayload, unpadPkcs1 } from '@valetkey/protocol/open';

const BYTES = 256;
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 8 * BYTES,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/**
 * Where the padding is wrong, if it is. All messages are invalid text, so that decryption always ends the same way.
 */
const KINDS: Readonly<Record<string, (block: Buffer) => void>> = {
  'valid padding': (block) => block.writeUInt8(0, 60),
  'wrong first byte': (block) => block.writeUInt8(1, 0),
  'wrong second byte': (block) => block.writeUInt8(1, 1),
  'zero too early': (block) => block.writeUInt8(0, 4),
  'no zero at all': () => {},
};

function makeBlock(kind: string): Buffer {
  const block = randomBytes(BYTES).map((byte) => byte || 0xff) as Buffer;
  block.set([0, 2]);
  block.fill(0xff, 61, 70);
  KINDS[kind]?.(block);
  return block;
}

const seal = (block: Buffer): Buffer =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block);

interface Question {
  readonly title: string;
  readonly rounds: number;
  /** The repetitions of one measurement, well above the resolution of the clock. */
  readonly repeats: number;
  readonly prepare: (block: Buffer) => Uint8Array;
  readonly work: (input: Uint8Array) => unknown;
}

const QUESTIONS: readonly Question[] = [
  { title: 'taking the padding off', rounds: 4000, repeats: 50, prepare: (block) => block, work: unpadPkcs1 },
  {
    title: 'all of openPayload, in Node',
    rounds: 1000,
    repeats: 1,
    prepare: seal,
    work: (input) => openPayload(input, privateKey).catch(() => null),
  },
  {
    title: 'all of openPayload, by arithmetic as in browsers',
    rounds: 50,
    repeats: 1,
    prepare: seal,
    work: (input) => withoutNode(() => openPayload(input, privateKey).catch(() => null)),
  },
];

/** Hides everything that browsers do not have. */
async function withoutNode<T>(work: () => Promise<T>): Promise<T> {
  const { process } = globalThis;
  Object.assign(globalThis, { process: undefined });
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { process });
  }
}

async function measure({ rounds, repeats, prepare, work }: Question): Promise<Map<string, number[]>> {
  const times = new Map(Object.keys(KINDS).map((kind): [string, number[]] => [kind, []]));
  // The first tenth is the warm-up.
  for (let round = -rounds / 10; round < rounds; round += 1) {
    for (const kind of shuffled([...times.keys()])) {
      const input = prepare(makeBlock(kind));
      const start = process.hrtime.bigint();
      for (let repeat = 0; repeat < repeats; repeat += 1) await work(input);
      const microseconds = Number(process.hrtime.bigint() - start) / 1000 / repeats;
      if (round >= 0) times.get(kind)?.push(microseconds);
    }
  }
  return times;
}

function shuffled<T>(items: T[]): T[] {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
  return items;
}

/** Without the slowest twentieth, which other processes cause. */
function summarise(times: readonly number[]): { median: number; mean: number; errorSquared: number } {
  const kept = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length * 0.95));
  const mean = kept.reduce((sum, time) => sum + time, 0) / kept.length;
  const variance = kept.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (kept.length - 1);
  return { median: kept[kept.length >> 1] ?? Number.NaN, mean, errorSquared: variance / kept.length };
}

for (const question of QUESTIONS) {
  console.log(`\n${question.title} (${question.rounds} rounds, µs)`);
  const [[, good = []] = [], ...others] = await measure(question);
  const base = summarise(good);
  console.log(`  ${'valid padding'.padEnd(20)} median ${base.median.toFixed(2).padStart(9)}`);
  for (const [kind, times] of others) {
    const { median, mean, errorSquared } = summarise(times);
    const t = (mean - base.mean) / Math.sqrt(errorSquared + base.errorSquared);
    console.log(
      `  ${kind.padEnd(20)} median ${median.toFixed(2).padStart(9)}   t ${t.toFixed(1).padStart(5)}`,
    );
  }
}
