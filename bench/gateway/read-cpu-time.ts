import { readdirSync, readFileSync } from 'node:fs';

/** Returns the processor time of a process and its threads since its start, in microseconds (Linux). */
export function readCpuMicroseconds(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const times = tasks.map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, time) => sum + time, 0) / 1_000;
}
