import { createTestSite, csrfOf } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { createPagePaths } from '../ports/page-paths.ts';
import { createEndpointTable } from './endpoints/endpoint-table.ts';

const rows = Object.entries(createEndpointTable(createPagePaths(''))).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((method) => method !== 'GET' && method !== 'HEAD')
    .map((method) => `${method} ${path}`),
);

/** A body whose connection is aborted after the first bytes. */
const abortedBody = () => {
  let isStarted = false;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isStarted) controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      else controller.enqueue(new TextEncoder().encode('{"a":'));
      isStarted = true;
    },
  });
};

test.each(rows)('%s: returns an error of the client if the client aborts its body', async (row) => {
  const { send } = await createTestSite();
  const [method = '', pattern = ''] = row.split(' ');
  const path = pattern.replace(':username', 'alice').replace(':id', '1');
  for (const type of [
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]) {
    for (const session of ['', 'admin']) {
      const headers = { cookie: `session=${session}`, 'x-csrf-token': csrfOf('admin'), 'content-type': type };
      const init = { method, headers, body: abortedBody(), duplex: 'half' } as RequestInit;
      const response = await send(`${path}.json`, init);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
  }
});
