export { type AccessLogEntry, describeAccess, type EndedRequest } from './observe/access-log.ts';
export type { Health } from './observe/health.ts';
export type { Histogram } from './observe/histogram.ts';
export {
  type MetricDefinition,
  type MetricTable,
  type MetricType,
  SERVER_METRICS,
  type ServerMetric,
} from './observe/metric-table.ts';
export { type Counter, createMetrics, type Labels, type Metrics } from './observe/metrics.ts';
export { createMonitor, type MonitorOptions } from './observe/monitor.ts';
export { chooseRequestId, REQUEST_ID } from './observe/request-id.ts';
export type { SpanAttributes, Trace } from './observe/trace.ts';
