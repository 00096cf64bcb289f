// The forums that tests start as processes, and all test stages, write their output to test-results/logs. This
// searches it for everything that looks like a secret, because a test only knows its own secrets.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecretShapes } from '@valetkey/test-support/secret-shapes';
import { root } from '../source-tree.ts';
import { reportProblems } from './report-problems.ts';

if (import.meta.main) {
  const folder = join(root, 'test-results/logs');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const logs = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  const hasRequests = logs.some(([, log]) => /^\{"time":.*"method":"(?:GET|POST)","path":.*\}$/m.test(log));
  reportProblems(
    [
      ...(hasRequests ? [] : ['test-results/logs holds no request at all: nothing could be checked']),
      ...logs.flatMap(([name, log]) => findSecretShapes(name, log)),
    ],
    `${logs.length} logs of forums and tests hold nothing that looks like a secret`,
  );
}
