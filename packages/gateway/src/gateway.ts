import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { createMonitor } from '@valetkey/server/monitor';
import type { GatewayConfig } from './config/gateway-config.ts';
import { createGatewayServer, setTimeouts } from './http/create-server.ts';
import type { GatewayLogEntry, GatewayParts, ReportError } from './http/gateway-parts.ts';
import { handleRequest } from './http/handle-request.ts';
import { handleConnect, handleUpgrade, isWebSocketUpgrade } from './http/handle-upgrade.ts';
import { overHttp1 } from './http/upgrading-client.ts';
import { listen } from './listen.ts';
import { createGatewayMetrics } from './metrics/gateway-metrics.ts';
import { createRuntime } from './runtime/runtime.ts';
import { openSharedParts } from './runtime/shared-parts.ts';
import { createOpenStreams } from './streams/open-streams.ts';

/** The options of `startGateway`. */
export interface GatewayOptions {
  /** Called once per request, after its response. @default nothing is logged */
  readonly log?: (entry: GatewayLogEntry) => void;
  /** Called for unexpected errors and failed jobs. @default nothing is reported */
  readonly reportError?: ReportError;
  /**
   * Called with the routes that a configuration adds to existing scopes. Keys that were approved earlier do not include
   * these routes.
   */
  readonly onRoutesAdded?: (routes: readonly string[]) => void;
  /** Milliseconds since 1970. @default the system clock */
  readonly now?: () => number;
  /** Monotonic milliseconds. @default the monotonic clock of the system */
  readonly monotonicNow?: () => number;
}

/** A running gateway. */
export interface RunningGateway {
  /** `http://127.0.0.1:8443`, or `unix:` and a path. */
  readonly url: string;
  /** The URL of health and metrics; null if there is none. */
  readonly monitorUrl: string | null;
  /**
   * Replaces the configuration for all later requests. Rejects, and changes nothing, if the configuration cannot be read,
   * a value that needs a restart differs, or the new configuration cannot be used. The metrics count both outcomes.
   *
   * @param read returns the new configuration
   */
  reload(read: () => GatewayConfig): Promise<void>;
  /** Accepts no new connections, lets open responses finish within `timeouts.shutdown`, and closes the store. */
  close(): Promise<void>;
}

const SWEEP_MS = 50;
const THIS_COMPUTER = ['127.0.0.0/8', '::1'];

/**
 * Starts a gateway in front of a service.
 *
 * @throws Error if the address or the store is in use
 * @example
 * ```ts
 * const config = parseConfig(readFileSync('valetkey.yaml', 'utf8'), 'valetkey.yaml', process.env);
 * const gateway = await startGateway(config);
 * ```
 */
export async function startGateway(
  config: GatewayConfig,
  options: GatewayOptions = {},
): Promise<RunningGateway> {
  const { log = null, reportError = () => {}, now = Date.now } = options;
  const { monotonicNow = options.now ?? (() => performance.timeOrigin + performance.now()) } = options;
  const metrics = createGatewayMetrics();
  const shared = await openSharedParts(config, { reportError, metrics, now, monotonicNow });
  const { onRoutesAdded = () => {} } = options;
  let runtime = await createRuntime(config, shared);
  if (runtime.addedRoutes.length > 0) onRoutesAdded(runtime.addedRoutes);
  const { dispatcher } = shared;
  const streams = createOpenStreams(() => runtime);
  metrics.gauge('valetkey_gateway_open_streams', () => streams.size);
  const parts: GatewayParts = {
    current: () => runtime,
    dispatcher,
    streams,
    metrics,
    log,
    reportError,
    now,
  };

  const connections = new Set<Duplex>();
  const keep = (connection: Duplex) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  };
  const server = createGatewayServer(config, {
    onRequest: (request, response) => handleRequest(request, response, parts),
    isUpgrade: (request) => isWebSocketUpgrade(request, runtime),
    onUpgrade(request, socket, early) {
      keep(socket);
      void handleUpgrade(request, overHttp1(request, socket, early), parts);
    },
    onConnect(request, response) {
      keep(request.stream);
      handleConnect(request, response, parts);
    },
  });
  const url = await listen(server, config.listen, config.tls ? 'https' : 'http');
  let isClosing = false;
  const monitor = createMonitor({
    metrics,
    checkHealth: async () => ({
      ...(await runtime.valetkey.checkHealth()),
      ...(isClosing && { isReady: false }),
    }),
    allowFrom: [...THIS_COMPUTER, ...config.monitorFrom],
  });
  const monitorUrl = config.monitor ? await listen(monitor, config.monitor, 'http') : null;

  return {
    url,
    monitorUrl,
    async reload(read) {
      try {
        const next = read();
        checkUnchanged(runtime.config, next);
        const previous = runtime;
        runtime = await createRuntime(next, shared);
        setTimeouts(server, next.timeouts);
        streams.moved();
        if (runtime.addedRoutes.length > 0) onRoutesAdded(runtime.addedRoutes);
        await previous.close();
        metrics.counter('valetkey_gateway_config_reloads_total', { result: 'applied' }).value += 1;
      } catch (error) {
        metrics.counter('valetkey_gateway_config_reloads_total', { result: 'refused' }).value += 1;
        throw error;
      }
    },
    async close() {
      isClosing = true;
      const closed = once(server, 'close');
      server.close();
      const idle = () => 'closeIdleConnections' in server && server.closeIdleConnections();
      const sweep = setInterval(idle, SWEEP_MS);
      const cutOff = setTimeout(() => {
        for (const socket of connections) socket.destroy();
        if ('closeAllConnections' in server) server.closeAllConnections();
      }, runtime.config.timeouts.shutdown * 1000);
      await closed;
      clearInterval(sweep);
      clearTimeout(cutOff);
      monitor.close();
      streams.stop();
      await runtime.close();
      await shared.close();
    },
  };
}

const FIXED = ['listen', 'monitor', 'monitorFrom', 'tls', 'store', 'valkey', 'upstream'] as const;

/** @throws Error that names the value */
function checkUnchanged(current: GatewayConfig, next: GatewayConfig): void {
  for (const name of FIXED) {
    if (JSON.stringify(current[name]) === JSON.stringify(next[name])) continue;
    throw new Error(`${name} cannot change while the gateway runs. Restart it to use the new value.`);
  }
}
