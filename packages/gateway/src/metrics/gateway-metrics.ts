import { createMetrics, type Metrics, type MetricTable, type ServerMetric } from '@valetkey/server/monitor';

/** The metrics of the gateway beside those of the server. No label contains a user, key, path or address. */
export const GATEWAY_METRICS = {
  valetkey_gateway_requests_total: {
    type: 'counter',
    help: 'Requests by decision and status class.',
    labels: ['decision', 'status'],
  },
  valetkey_gateway_request_duration_seconds: {
    type: 'histogram',
    help: 'Time from the request to the end of the response.',
    labels: [],
  },
  valetkey_gateway_refusals_total: {
    type: 'counter',
    help: 'Refused requests by error code.',
    labels: ['code'],
  },
  valetkey_gateway_upstream_failures_total: {
    type: 'counter',
    help: 'Requests that the service did not answer completely, by outcome.',
    labels: ['outcome'],
  },
  valetkey_gateway_open_streams: {
    type: 'gauge',
    help: 'Open responses and connections that end with their key.',
    labels: [],
  },
  valetkey_gateway_streams_ended_total: {
    type: 'counter',
    help: 'Responses and connections that ended because their key did.',
    labels: ['kind'],
  },
  valetkey_gateway_config_reloads_total: {
    type: 'counter',
    help: 'Reloads of the configuration by result.',
    labels: ['result'],
  },
} as const satisfies MetricTable;

/** The metrics of a gateway and of its server. */
export type GatewayMetrics = Metrics<ServerMetric | keyof typeof GATEWAY_METRICS>;

export const createGatewayMetrics = (): GatewayMetrics => createMetrics(GATEWAY_METRICS);
