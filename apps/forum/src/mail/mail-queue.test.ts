import { expect, test, vi } from 'vitest';
import { createMailQueue, type MailFailure, RETRY_DELAYS_MS } from './mail-queue.ts';

const mail = { to: 'alice@mail.example', subject: 'Hello', text: 'Hello' };

/** A queue whose waits end at once, and what it did. */
function createQueue(send: () => Promise<unknown>, wait: () => Promise<unknown> = async () => {}) {
  const failures: MailFailure[] = [];
  const waited: number[] = [];
  const queue = createMailQueue({
    send,
    onFailure: (failure) => failures.push(failure),
    wait(ms) {
      waited.push(ms);
      return wait();
    },
  });
  return { queue, failures, waited };
}

test('a mail queue: tries a mail four times, then drops it', async () => {
  const send = vi.fn(() => Promise.reject(Object.assign(new Error('secret'), { code: 'ECONNREFUSED' })));
  const { queue, failures, waited } = createQueue(send);
  queue.add(mail);
  await vi.waitFor(() => expect(failures).toHaveLength(4));
  expect(send).toHaveBeenCalledTimes(4);
  expect(waited).toEqual([...RETRY_DELAYS_MS]);
  expect(failures.map(({ willRetry }) => willRetry)).toEqual([true, true, true, false]);
  expect(JSON.stringify(failures)).not.toContain('secret');
});

test('a mail queue: stops after a success, and never repeats a mail that was rejected for good', async () => {
  const once = vi
    .fn()
    .mockRejectedValueOnce(Object.assign(new Error(), { responseCode: 451 }))
    .mockResolvedValue(1);
  const later = createQueue(once);
  later.queue.add(mail);
  await vi.waitFor(() => expect(once).toHaveBeenCalledTimes(2));
  expect(later.failures).toEqual([{ reason: '451', willRetry: true }]);
  const never = createQueue(() => Promise.reject(Object.assign(new Error(), { responseCode: 550 })));
  never.queue.add(mail);
  await vi.waitFor(() => expect(never.failures).toEqual([{ reason: '550', willRetry: false }]));
  expect(never.waited).toEqual([]);
});

test('a mail queue: drops the mails of a flood, and ends its waits when it is closed', async () => {
  const { queue, failures } = createQueue(() => new Promise(() => {}));
  for (let count = 0; count < 201; count += 1) queue.add(mail);
  expect(failures).toEqual([{ reason: 'too_many_mails', willRetry: false }]);
  const waiting = Promise.withResolvers<never>();
  const closing = createMailQueue({
    send: () => Promise.reject(new Error()),
    onFailure: () => {},
    wait: (_, signal) => {
      signal.addEventListener('abort', () => waiting.reject(signal.reason));
      return waiting.promise;
    },
  });
  closing.add(mail);
  await closing.close();
});
