import { createServer, type Server } from 'node:http';

interface MonitorParts {
  /** Returns whether requests can be served now. */
  readonly isReady: () => Promise<boolean>;
  /** Returns the metrics in the text format of Prometheus. */
  readonly render: () => string;
}

/** Creates the server for operators: `/healthz`, `/readyz` and `/metrics`. Never expose it to the Internet. */
export function createMonitor({ isReady, render }: MonitorParts): Server {
  return createServer(async ({ url }, response) => {
    const isRead = url === '/readyz' ? await isReady().catch(() => false) : url === '/healthz';
    if (url === '/metrics')
      return response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(render());
    const isKnown = url === '/healthz' || url === '/readyz';
    response.statusCode = isRead ? 200 : isKnown ? 503 : 404;
    return response.end(isRead ? 'ok\n' : isKnown ? 'not ready\n' : 'Use /healthz, /readyz or /metrics.\n');
  });
}
