import { once } from 'node:events';
import { connect } from 'node:http2';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { expect, test } from 'vitest';
import { describeForwardAuth } from './forward-auth-suite.ts';
import { describeHostileRequests } from './hostile-requests-suite.ts';
import { startProxyWorld } from './proxy-world.ts';
import { startHaproxy } from './start-proxy.ts';

describeForwardAuth('haproxy', startHaproxy);
describeHostileRequests('haproxy', startHaproxy);

describeWhen(findProgram('haproxy') !== null)('HAProxy whose Lua action fails', () => {
  test('lets no request pass', async () => {
    const edit = (text: string) => text.replace('  local sent = {}', "  error('plum')");
    const world = await startProxyWorld(startHaproxy, { edit });
    for (const method of ['GET', 'OPTIONS'])
      expect((await fetch(`${world.proxy.url}/any`, { method })).status).toBe(503);
    expect(world.service.received).toEqual([]);
    await world.stop();
  });
});

describeWhen(findProgram('haproxy') !== null)('HAProxy over HTTP/2 without TLS', () => {
  test.each([
    ['websocket', 'websocket'],
    ['h2c', undefined],
    ['connect-udp', undefined],
  ])('CONNECT for %s reaches the service with Upgrade: %s', async (protocol, upgrade) => {
    const world = await startProxyWorld(startHaproxy);
    const session = connect(world.proxy.url);
    await once(session, 'remoteSettings');
    const stream = session.request({
      ':method': 'CONNECT',
      ':protocol': protocol,
      ':path': '/any',
      ':scheme': 'http',
      'sec-websocket-version': '13',
      'x_valetkey!user': 'mallory',
    });
    stream.on('error', () => {});
    await once(stream, 'response');
    stream.write('GET /in-a-tunnel HTTP/1.1\r\nHost: wiki\r\n\r\n');
    // A WebSocket stays open.
    await (upgrade ? once(stream, 'data') : stream.toArray());
    const received = world.service.received.map(({ url, headers }) => [url, headers.upgrade]);
    expect(received).toEqual([['/any', upgrade]]);
    expect(JSON.stringify(world.service.received)).not.toContain('mallory');
    session.destroy();
    await world.stop();
  });
});
