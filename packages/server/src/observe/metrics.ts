import { createHistogram, type Histogram } from './histogram.ts';
import { type MetricTable, SERVER_METRICS, type ServerMetric } from './metric-table.ts';
import { renderMetrics, type Series } from './render-metrics.ts';
import { VERSION } from './version.ts';

/** The values of the labels of a metric. */
export type Labels = Readonly<Record<string, string>>;

/** A number that only increases. Add to `value`. */
export interface Counter {
  value: number;
}

/** The metrics of one process, for `createValetkey` and for the site’s own. */
export interface Metrics<Name extends string = ServerMetric> {
  /** Returns the counter with these labels, the same one for each call. */
  counter(name: Name, labels?: Labels): Counter;
  /** Returns the histogram with these labels, the same one for each call. */
  histogram(name: Name, labels?: Labels): Histogram;
  /** Calls `read` for each `render`. Replaces an earlier function with these labels. Also for counters kept elsewhere. */
  gauge(name: Name, read: () => number, labels?: Labels): void;
  /** Returns all metrics in the text format of Prometheus, version 0.0.4. */
  render(): string;
}

/**
 * Creates the metrics of one process. Pass them to `createValetkey`, and serve them with `createMonitor`.
 *
 * @param own metrics of the site beside those of Valetkey
 * @example
 * ```ts
 * const metrics = createMetrics();
 * const store = createSqliteStore({ path: 'valetkey.sqlite' });
 * const valetkey = await createValetkey({ site, store, metrics });
 * const monitor = createMonitor({ metrics, checkHealth: valetkey.checkHealth });
 * monitor.listen(9464, '127.0.0.1');
 * ```
 */
export function createMetrics<Own extends MetricTable = Record<never, never>>(
  own?: Own,
): Metrics<ServerMetric | (keyof Own & string)> {
  const table: MetricTable = { ...SERVER_METRICS, ...own };
  const values = new Map(Object.keys(table).map((name) => [name, new Map<string, Series>()]));

  function getOrCreate<Value extends Series>(name: string, labels: Labels, create: () => Value): Value {
    const series = values.get(name) as Map<string, Series>;
    let key = '';
    for (const label of table[name]?.labels ?? []) key += `${labels[label] ?? ''}\n`;
    const found = series.get(key);
    // One name has one type, so the earlier series has the type of this one.
    if (found) return found as Value;
    const created = { ...create(), labels };
    series.set(key, created);
    return created;
  }

  const metrics: Metrics<ServerMetric | (keyof Own & string)> = {
    counter: (name, labels = {}) => getOrCreate(name, labels, () => ({ labels, value: 0 })),
    histogram: (name, labels = {}) => getOrCreate(name, labels, () => ({ labels, ...createHistogram() })),
    gauge(name, read, labels = {}) {
      getOrCreate<{ labels: Labels; readValue: () => number }>(name, labels, () => ({
        labels,
        readValue: read,
      })).readValue = read;
    },
    render: () => renderMetrics(table, values),
  };
  metrics.gauge('valetkey_build_info', () => 1, { version: VERSION });
  return metrics;
}
