/** The counters of a gateway, in the text format of Prometheus. No label contains a user, key, path or address. */
export interface Metrics {
  /** Counts one event with these labels. */
  count(name: CounterName, labels: Readonly<Record<string, string>>): void;
  /** Adds one observation in seconds. */
  observeDuration(seconds: number): void;
  /** Returns the text, with the current values of the gauges. */
  render(gauges: Readonly<Record<string, number>>): string;
}

const COUNTERS = {
  valetkey_gateway_requests_total: 'Requests by decision and status class.',
  valetkey_gateway_refusals_total: 'Refused requests by error code.',
  valetkey_gateway_upstream_failures_total:
    'Requests that the service did not answer completely, by outcome.',
  valetkey_gateway_streams_ended_total: 'Responses and connections that ended because their key did.',
  valetkey_gateway_config_reloads_total: 'Reloads of the configuration by result.',
} as const;

type CounterName = keyof typeof COUNTERS;

const DURATION = 'valetkey_gateway_request_duration_seconds';
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

export function createMetrics(): Metrics {
  const counters = new Map<CounterName, Map<string, number>>();
  const buckets = BUCKETS.map(() => 0);
  let count = 0;
  let sum = 0;

  return {
    count(name, labels) {
      let text = '';
      for (const label in labels) text += `${text && ','}${label}="${escapeLabel(labels[label] as string)}"`;
      const series = counters.get(name) ?? new Map<string, number>();
      series.set(text, (series.get(text) ?? 0) + 1);
      counters.set(name, series);
    },
    observeDuration(seconds) {
      count += 1;
      sum += seconds;
      for (const [at, limit] of BUCKETS.entries())
        if (seconds <= limit) buckets[at] = (buckets[at] as number) + 1;
    },
    render(gauges) {
      const lines: string[] = [];
      for (const [name, help] of Object.entries(COUNTERS)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
        const series = counters.get(name as CounterName) ?? [];
        for (const [labels, value] of series) lines.push(`${name}{${labels}} ${value}`);
      }
      for (const [name, value] of Object.entries(gauges))
        lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
      lines.push(
        `# HELP ${DURATION} Time from the request to the end of the response.`,
        `# TYPE ${DURATION} histogram`,
      );
      BUCKETS.forEach((limit, at) => void lines.push(`${DURATION}_bucket{le="${limit}"} ${buckets[at]}`));
      lines.push(
        `${DURATION}_bucket{le="+Inf"} ${count}`,
        `${DURATION}_sum ${sum}`,
        `${DURATION}_count ${count}`,
      );
      return `${lines.join('\n')}\n`;
    },
  };
}

const escapeLabel = (value: string): string =>
  value.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));
