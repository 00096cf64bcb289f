/** The type of a metric in the text format of Prometheus. */
export type MetricType = 'counter' | 'gauge' | 'histogram';

/** One metric: its type, its help text and the names of its labels. */
export interface MetricDefinition {
  readonly type: MetricType;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Metrics by name. */
export type MetricTable = Readonly<Record<string, MetricDefinition>>;

/**
 * The metrics of `createValetkey`. Each label has a small, fixed set of values: no user, key, IP address, path or text of a
 * request.
 */
export const SERVER_METRICS = {
  valetkey_build_info: { type: 'gauge', help: 'Always 1, by version.', labels: ['version'] },
  valetkey_limits_shared: {
    type: 'gauge',
    help: '1 if the limits of keys are counted for all nodes, 0 if each node counts its own requests.',
    labels: [],
  },
  valetkey_verifications_total: {
    type: 'counter',
    help: 'Verified requests by kind of credential, result and error code.',
    labels: ['credential', 'result', 'code'],
  },
  valetkey_verification_duration_seconds: {
    type: 'histogram',
    help: 'Time of a verification. Measures one in 16.',
    labels: [],
  },
  valetkey_key_cache_lookups_total: {
    type: 'counter',
    help: 'Lookups of keys in memory by kind and result.',
    labels: ['kind', 'result'],
  },
  valetkey_key_cache_entries: { type: 'gauge', help: 'Keys in memory by kind.', labels: ['kind'] },
  valetkey_limit_refusals_total: {
    type: 'counter',
    help: 'Requests over a limit by window.',
    labels: ['window'],
  },
  valetkey_store_operations_total: {
    type: 'counter',
    help: 'Calls of the store by method and result.',
    labels: ['operation', 'result'],
  },
  valetkey_store_duration_seconds: {
    type: 'histogram',
    help: 'Time of a call of the store by method.',
    labels: ['operation'],
  },
  valetkey_change_feed_current: {
    type: 'gauge',
    help: '1 if this node knows the changes of other nodes, 0 if it reads them before the next verification.',
    labels: [],
  },
  valetkey_change_feed_lag_seconds: {
    type: 'gauge',
    help: 'How old the changes of other nodes that this node knows may be. Above 2, it reads them before the next verification.',
    labels: [],
  },
  valetkey_change_feed_catch_up_duration_seconds: {
    type: 'histogram',
    help: 'Time that requests waited for the changes of other nodes.',
    labels: [],
  },
  valetkey_change_feed_catch_ups_total: {
    type: 'counter',
    help: 'How often requests waited for the changes of other nodes, by result.',
    labels: ['result'],
  },
  valetkey_change_feed_changes_total: {
    type: 'counter',
    help: 'Delivered changes by kind. The change of a key can be delivered twice.',
    labels: ['kind'],
  },
  valetkey_change_feed_gaps_total: {
    type: 'counter',
    help: 'How often changes may have been missed and all caches were dropped.',
    labels: [],
  },
  valetkey_requests_total: {
    type: 'counter',
    help: 'Requests to the endpoints and pages of Valetkey by endpoint, method and class of status.',
    labels: ['endpoint', 'method', 'status'],
  },
  valetkey_push_failures_total: {
    type: 'counter',
    help: 'Failed pushes by problem, and whether they are sent again.',
    labels: ['problem', 'retried'],
  },
  valetkey_job_failures_total: { type: 'counter', help: 'Failed jobs by name.', labels: ['name'] },
} as const satisfies MetricTable;

/** A name of `SERVER_METRICS`. */
export type ServerMetric = keyof typeof SERVER_METRICS;
