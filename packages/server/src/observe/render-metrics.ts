import { BUCKETS, type Histogram } from './histogram.ts';
import type { MetricTable } from './metric-table.ts';

/** The value of one metric with its labels. */
export type Series = { readonly labels: Readonly<Record<string, string>> } & (
  | { readonly value: number }
  | { readonly readValue: () => number }
  | Histogram
);

/** Renders the text format of Prometheus, version 0.0.4. Metrics without a value have their help and type only. */
export function renderMetrics(
  table: MetricTable,
  values: ReadonlyMap<string, ReadonlyMap<string, Series>>,
): string {
  const lines = Object.entries(table).flatMap(([name, { type, help }]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...[...(values.get(name)?.values() ?? [])].flatMap((series) => renderSeries(name, series)),
  ]);
  return `${lines.join('\n')}\n`;
}

function renderSeries(name: string, series: Series): string[] {
  const { labels } = series;
  if ('value' in series) return [`${name}${renderLabels(labels)} ${series.value}`];
  if ('readValue' in series) return [`${name}${renderLabels(labels)} ${series.readValue()}`];
  const { buckets, count, sum } = series.read();
  return [
    ...BUCKETS.map(
      (limit, at) => `${name}_bucket${renderLabels({ ...labels, le: String(limit) })} ${buckets[at]}`,
    ),
    `${name}_bucket${renderLabels({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${renderLabels(labels)} ${sum}`,
    `${name}_count${renderLabels(labels)} ${count}`,
  ];
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escapeValue = (value: string): string =>
  value.replaceAll(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));
