import {
  attemptLimiterConformance,
  changeFeedConformance,
  useLimiterConformance,
} from '@valetkey/conformance';
import { describe, test } from 'vitest';
import type { CreateAttemptLimiter } from '../ports/attempt-limiter.ts';
import { createInProcessAttemptLimiter, type InProcessAttemptLimiter } from './in-process-attempt-limiter.ts';
import { createInProcessChangeFeed } from './in-process-change-feed.ts';
import { createInProcessUseLimiter } from './in-process-use-limiter.ts';

/** One limiter for each name, shared within the program. */
function createSharedAttemptLimiters() {
  const byName = new Map<string, InProcessAttemptLimiter<string>>();
  const create: CreateAttemptLimiter = (name, windows) => {
    const limiter = byName.get(name) ?? createInProcessAttemptLimiter<string>(windows);
    byName.set(name, limiter);
    return limiter;
  };
  return { a: create, b: create };
}

const twice = <T>(one: T) => ({ a: one, b: one });

describe('createInProcessUseLimiter', () => {
  const create = () => twice(createInProcessUseLimiter());
  for (const { name, run } of useLimiterConformance(create)) test(name, run);
});

describe('createInProcessAttemptLimiter', () => {
  for (const { name, run } of attemptLimiterConformance(createSharedAttemptLimiters)) test(name, run);
});

describe('createInProcessChangeFeed', () => {
  const create = () => twice(createInProcessChangeFeed());
  for (const { name, run } of changeFeedConformance(create)) test(name, run);
});
