// Each server has its own process, so that variants do not affect each other.
import { Session } from 'node:inspector/promises';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { addKeys, createBenchSite } from '../bench-site.ts';
import { FRAMEWORKS } from './frameworks.ts';
import type { ServerAnswer, ServerQuestion, ServerReady } from './messages.ts';
import type { Variant } from './variants.ts';

const [, , name = '', variant = '', keyCount = ''] = process.argv;
const store = createMemoryStore();
const keys = await addKeys(store, Number(keyCount));
const [narrowKey = ''] = await addKeys(store, 1, ['other']);
const site = await createBenchSite({ store, keyCount: keys.length, hasUsersRevision: false });
const framework = FRAMEWORKS[name];
if (!framework) throw new Error(`Unknown framework ${name}.`);
const { port } = await framework.start(variant as Variant, site);

const session = new Session();
session.connect();
process.on('message', async (question: ServerQuestion) => {
  if (question === 'start profile') {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
  }
  const profile = question === 'stop profile' ? (await session.post('Profiler.stop')).profile : null;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system, profile } satisfies ServerAnswer);
});
process.on('disconnect', () => process.exit());
process.send?.({ port, keys, narrowKey } satisfies ServerReady);
