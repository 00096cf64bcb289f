import type { Profiler } from 'node:inspector';

/** A share of the working time, from 0 to 1. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

/** The self time by component and by function. */
export interface ProfileSummary {
  readonly parts: readonly Share[];
  readonly functions: readonly Share[];
}

/** Summarizes a CPU profile, without idle time and the profiler’s own time. */
export function summarizeProfile({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfileSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)' || frame.url === 'node:inspector') continue;
    const time = timeDeltas[index] ?? 0;
    total += time;
    add(parts, partOf(frame), time);
    add(functions, nameOf(frame), time);
  }
  return { parts: toShares(parts, total), functions: toShares(functions, total) };
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}

function toShares(times: ReadonlyMap<string, number>, total: number): Share[] {
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((one, other) => other.share - one.share);
}

/** The first pattern that matches the URL of the file names the component. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^node:internal\/deps\/undici/, 'Request, Headers and Response (undici, in Node)'],
  [
    /^node:(_http|internal\/http|net$|internal\/net|internal\/stream|_stream|stream)/,
    'HTTP and sockets (Node)',
  ],
  [/^node:/, 'other parts of Node'],
  [/\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/, '$1'],
  [/\/packages\/([^/]+)\/src\/([^/]+)\//, 'Valetkey: $1/$2'],
  [/\/packages\/([^/]+)\/src\//, 'Valetkey: $1'],
  [/\/bench\//, 'the benchmark'],
];

function partOf({ url, functionName }: Profiler.Profile['nodes'][number]['callFrame']): string {
  for (const [pattern, name] of PARTS) {
    const found = pattern.exec(url);
    if (found) return name.replace(/\$(\d)/g, (_, group) => found[Number(group)] ?? '');
  }
  return functionName.startsWith('(') ? functionName : 'native functions';
}

function nameOf({ url, functionName, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const file = url
    .replace(/^file:.*\/(?=(packages|bench|node_modules)\/)/, '')
    .replace(/^.*node_modules\//, '');
  return file === '' ? functionName : `${functionName || 'anonymous'} (${file}:${lineNumber + 1})`;
}
