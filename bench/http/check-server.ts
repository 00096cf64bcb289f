import { ORIGIN } from '../bench-site.ts';
import type { ServerReady } from './messages.ts';
import type { Variant } from './variants.ts';

/**
 * Checks a variant before it is measured. Throws unless a key gets 200 and a key without the scope gets 403. Throws if
 * a header is missing, or unexpected for the variant.
 */
export async function checkServer({ port, keys: [key = ''], narrowKey }: ServerReady, variant: Variant) {
  const get = (presented: string) =>
    fetch(`http://127.0.0.1:${port}/topics/7`, { headers: { 'User-Api-Key': presented, Origin: ORIGIN } });
  const good = await get(key);
  const narrow = await get(narrowKey);
  const { reader } = (await good.json()) as { reader?: string };
  await narrow.body?.cancel();
  const isBare = variant.startsWith('bare');
  const isComplete = variant.startsWith('embedding') || variant === 'endpoints + guard';
  const seen = {
    good: good.status,
    narrow: narrow.status,
    reader,
    rateLimit: good.headers.has('ratelimit'),
    cors: good.headers.get('access-control-allow-origin') === ORIGIN,
  };
  const expected = {
    good: 200,
    narrow: isBare ? 200 : 403,
    reader: isBare ? 'nobody' : 'user-0',
    rateLimit: isComplete || variant === 'guard' || /(?:headers|limits)$/.test(variant),
    cors: isComplete || variant === 'bare + headers',
  };
  if (JSON.stringify(seen) !== JSON.stringify(expected))
    throw new Error(`${variant}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(seen)}.`);
}
