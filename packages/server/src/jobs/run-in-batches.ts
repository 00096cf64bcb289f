import { setImmediate } from 'node:timers/promises';
import type { BatchEnd, RecordBatch } from '../ports/record-batch.ts';

/** SQLite needs some 10 ms for a batch in which every key is stale. It blocks HTTP requests for that time. */
const BATCH_SIZE = 100;

/** Runs a step for each batch of all records. HTTP requests are served between two batches. */
export async function runInBatches(step: (batch: RecordBatch) => Promise<BatchEnd>): Promise<void> {
  let { lastId } = await step({ afterId: 0, limit: BATCH_SIZE });
  while (lastId !== null) {
    await setImmediate();
    ({ lastId } = await step({ afterId: lastId, limit: BATCH_SIZE }));
  }
}
