export { ConfigError, type ConfigProblem } from './config/config-error.ts';
export type {
  AccountsConfig,
  AskAccountsConfig,
  GatewayConfig,
  GatewayTimeouts,
  HeaderAccountsConfig,
  ListenAddress,
  OidcAccountsConfig,
  StoreConfig,
} from './config/gateway-config.ts';
export { parseConfig } from './config/parse-config.ts';
export { type GatewayOptions, type RunningGateway, startGateway } from './gateway.ts';
export type { GatewayLogEntry, ReportError } from './http/gateway-parts.ts';
export { GATEWAY_METRICS } from './metrics/gateway-metrics.ts';
