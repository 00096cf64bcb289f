import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { ValetkeyError } from '@valetkey/protocol';
import { createTestSite, stores } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../in-process/memory-store/memory-store.ts';
import type { ChangeFeed } from '../ports/change-feed.ts';
import { createMetrics } from './metrics.ts';
import { openTelemetryTrace } from './open-telemetry.ts';

const latest = { name: 'list#latest' };

/** Returns the value of a line by its start; 0 if there is none. */
function readValue(text: string, series: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
}

test('metrics: count each verification once, by result and code, and what it needed', async () => {
  const metrics = createMetrics();
  const site = await createTestSite({ metrics });
  const { key } = await site.approve();
  for (let use = 0; use < 22; use += 1) await site.authorize(key, latest);
  await site.authorize(key, { name: 'posts#create' });
  for (const unknown of ['0'.repeat(32), '1'.repeat(32), 'no key']) await site.authorize(unknown, latest);
  const text = metrics.render();
  const verified = (labels: string) => readValue(text, `valetkey_verifications_total{${labels}}`);
  expect(verified('credential="user_key",result="allowed",code="none"')).toBe(20);
  expect(verified('credential="user_key",result="refused",code="rate_limited"')).toBe(3);
  expect(verified('credential="user_key",result="refused",code="key_unknown"')).toBe(3);
  expect(readValue(text, 'valetkey_limit_refusals_total{window="minute"}')).toBe(3);
  // One of 16 is timed; 26 were verified.
  expect(readValue(text, 'valetkey_verification_duration_seconds_count')).toBe(1);
  expect(readValue(text, 'valetkey_key_cache_lookups_total{kind="user_key",result="hit"}')).toBe(22);
  expect(readValue(text, 'valetkey_key_cache_lookups_total{kind="user_key",result="miss"}')).toBe(4);
  expect(readValue(text, 'valetkey_key_cache_entries{kind="user_key"}')).toBe(1);
  expect(readValue(text, 'valetkey_store_operations_total{operation="findKeyByHash",result="ok"}')).toBe(3);
  expect(
    readValue(text, 'valetkey_requests_total{endpoint="/user-api-key",method="POST",status="2xx"}'),
  ).toBe(1);
});

test('metrics: have no user, key, client, IP address, path or other text of a request in any label', async () => {
  const metrics = createMetrics();
  const site = await createTestSite({ metrics });
  const { key } = await site.approve({ client_id: 'client-to-find', application_name: 'Name to find' });
  await site.authorize(key, latest);
  await site.get('/user-api-key/current.json?user_api_key=query-to-find', { 'User-Api-Key': key });
  await site.send('/u/alice-to-find/preferences/apps', { method: 'VERB-TO-FIND' }).catch(() => {});
  await site.send('/user-api-key/path-to-find').catch(() => {});
  await site.send('/user-api-key', { method: 'VERB-TO-FIND' });
  const text = metrics.render();
  for (const secret of [key, 'to-find', 'to find', 'alice', '192.0.2.1', 'myapp'])
    expect(text.toLowerCase()).not.toContain(secret);
  expect(text).toContain('method="_OTHER"');
});

test('metrics: count failures of the store by code, and never their message', async () => {
  const metrics = createMetrics();
  const memory = createMemoryStore();
  let isFailing = false;
  const site = await createTestSite({
    metrics,
    store: {
      ...memory,
      async findKeyByHash(hash) {
        if (isFailing) throw new ValetkeyError('store_unavailable', {}, { cause: new Error('secret-host') });
        return memory.findKeyByHash(hash);
      },
    },
  });
  const { key } = await site.approve();
  isFailing = true;
  expect(await site.authorize(key, latest)).toMatchObject({ refusal: { code: 'store_unavailable' } });
  const text = metrics.render();
  const failed = 'valetkey_store_operations_total{operation="findKeyByHash",result="store_unavailable"}';
  expect(readValue(text, failed)).toBe(1);
  expect(text).not.toContain('secret-host');
});

test('metrics: tell whether the feed is current, and count changes, gaps and waiting requests', async () => {
  const metrics = createMetrics();
  let isCurrent = true;
  const subscribed: Parameters<ChangeFeed['subscribe']>[] = [];
  const site = await createTestSite({
    metrics,
    changeFeed: {
      publish: () => {},
      subscribe(...functions) {
        subscribed.push(functions);
        return () => {};
      },
      isCurrent: () => isCurrent,
      catchUp: async () => {
        isCurrent = true;
      },
      lagMs: () => 1_500,
    },
  });
  const { key } = await site.approve();
  for (const [onChange, onGap] of subscribed) {
    onChange({ kind: 'key', id: 'hash' });
    onGap();
  }
  isCurrent = false;
  expect(readValue(metrics.render(), 'valetkey_change_feed_current')).toBe(0);
  expect((await site.authorize(key, latest)).kind).toBe('key');
  const text = metrics.render();
  expect(readValue(text, 'valetkey_change_feed_current')).toBe(1);
  expect(readValue(text, 'valetkey_change_feed_lag_seconds')).toBe(1.5);
  expect(readValue(text, 'valetkey_change_feed_changes_total{kind="key"}')).toBe(1);
  expect(readValue(text, 'valetkey_change_feed_gaps_total')).toBe(1);
  expect(readValue(text, 'valetkey_change_feed_catch_ups_total{result="ok"}')).toBe(1);
  expect(readValue(text, 'valetkey_change_feed_catch_up_duration_seconds_count')).toBe(1);
});

test('metrics: count failed pushes and jobs, and call the functions of the site', async () => {
  const metrics = createMetrics();
  const memory = createMemoryStore();
  const jobs: string[] = [];
  const pushes: string[] = [];
  let isFailing = false;
  const fail = async () => {
    throw new Error('The disk is full.');
  };
  const site = await createTestSite({
    metrics,
    store: {
      ...memory,
      listKeys: (...page) => (isFailing ? fail() : memory.listKeys(...page)),
    },
    changeFeed: { publish: () => fail(), subscribe: () => () => {} },
    onJobFailure: ({ job }) => void jobs.push(job),
    push: { onFailure: ({ problem }) => void pushes.push(problem) },
  });
  await site.valetkey.userChanged('id-alice');
  await site.valetkey.settings.set('allowed_user_api_push_urls', 'https://push.example/');
  isFailing = true;
  await site.valetkey.notify('id-alice', {
    notificationType: 1,
    postUrl: '/t/1',
    topicTitle: '',
    excerpt: '',
    username: 'bob',
  });
  const text = metrics.render();
  expect(jobs).toContain('change_feed');
  expect(readValue(text, 'valetkey_job_failures_total{name="change_feed"}')).toBe(jobs.length);
  expect(pushes).toEqual(['store_failed']);
  expect(readValue(text, 'valetkey_push_failures_total{problem="store_failed",retried="false"}')).toBe(1);
});

test('openTelemetryTrace: creates a span for each verification, store call and endpoint, with result, code and key id only', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const site = await createTestSite({
    store: stores.memory?.() as ReturnType<typeof createMemoryStore>,
    trace: openTelemetryTrace(provider.getTracer('test')),
  });
  const { key } = await site.approve();
  exporter.reset();
  await site.authorize(key, latest);
  await site.authorize(key, { name: 'posts#create' }, { method: 'POST' });
  await site.get('/user-api-key/current.json', { 'User-Api-Key': key });
  const spans = exporter.getFinishedSpans();
  const named = (name: string): ReadableSpan[] => spans.filter((span) => span.name === name);
  expect(named('valetkey verify').map(({ attributes }) => attributes)).toEqual([
    { 'valetkey.credential': 'user_key', 'valetkey.result': 'allowed', 'valetkey.key_id': 1 },
    {
      'valetkey.credential': 'user_key',
      'valetkey.result': 'refused',
      'valetkey.code': 'scope_insufficient',
    },
  ]);
  // Once for the verification, and once for the endpoint.
  expect(named('valetkey store findKeyByHash')).toHaveLength(2);
  expect(named('GET /user-api-key/current')[0]?.attributes).toEqual({
    'http.request.method': 'GET',
    'http.route': '/user-api-key/current',
    'http.response.status_code': 200,
  });
  expect(
    JSON.stringify(spans.map(({ name, attributes, events }) => [name, attributes, events])),
  ).not.toContain(key);
});

test('openTelemetryTrace: marks a span as failed with the code of its error, and not with the message', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const trace = openTelemetryTrace(provider.getTracer('test'));
  const thrown = new ValetkeyError('store_unavailable', {}, { cause: new Error('secret-host') });
  await expect(trace('late', async () => Promise.reject(thrown))).rejects.toBe(thrown);
  expect(() =>
    trace('at once', () => {
      throw new Error('secret-host');
    }),
  ).toThrow();
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ status, attributes, events }) => [status.code, attributes, events])).toEqual([
    [2, { 'error.type': 'store_unavailable' }, []],
    [2, { 'error.type': '_OTHER' }, []],
  ]);
});
