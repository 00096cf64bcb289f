import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { getProgram } from '../test-support/programs.ts';
import { runRecipe } from '../test-support/run-recipe.ts';
import { scriptPromises } from '../test-support/script-promises.ts';

const folder = import.meta.dirname;
const program = getProgram(folder);
scriptPromises({ folder, program, command: ['post-topic.sh'], answer: 'paste' });

test.each([
  [404, '<html>', /404.*does not issue keys/],
  [400, '{"errors":["nonce is missing"],"error_type":"invalid_parameters"}', /400.*nonce is missing/],
  [200, '{"state":"generic_error","message":"This scope is not allowed."}', /This scope is not allowed/],
])('post-topic.sh: shows no URL when the site returns %i %s', async (status, body, complaint) => {
  const site = createServer((_request, response) => response.writeHead(status).end(body)).listen(
    0,
    '127.0.0.1',
  );
  await once(site, 'listening');
  onTestFinished(() => void site.close().closeAllConnections());
  const args = ['post-topic.sh', `http://127.0.0.1:${(site.address() as AddressInfo).port}`, 'Title', 'Text'];
  const onAddress = () => Promise.reject(new Error('It printed a URL.'));
  const { exitCode, stdout, stderr } = await runRecipe({ program, folder, args, onAddress });
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(complaint);
});
