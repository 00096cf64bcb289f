import type { RouteDefinition, ScopeDefinitions } from '@valetkey/server';
import type { OpenapiScopes } from '../openapi/openapi-scopes.ts';

/** A TCP address or the path of a unix socket. */
export type ListenAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** The gateway sends the visitor's cookies to the service, which returns the signed-in user. */
export interface AskAccountsConfig {
  readonly kind: 'ask';
  readonly url: string;
  /** Contains `{return_to}`. */
  readonly login: string;
}

/** A trusted proxy in front of the gateway names the signed-in user in headers. */
export interface HeaderAccountsConfig {
  readonly kind: 'header';
  readonly id: string;
  readonly username: string;
  readonly groups: string | null;
  /** The header that is `true` for admins. */
  readonly admin: string | null;
  readonly login: string;
  /** Addresses and networks of the proxies that may set these headers. */
  readonly from: readonly string[];
}

/** People sign in at an OpenID Connect provider. */
export interface OidcAccountsConfig {
  readonly kind: 'oidc';
  /** Over https, or on this computer. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  /** Requested from the provider. */
  readonly scopes: readonly string[];
  readonly usernameClaim: string;
  readonly groupsClaim: string;
  /** Admins have this value in this claim; null for no admins. */
  readonly admin: { readonly claim: string; readonly value: unknown } | null;
  /** `max_age` of the sign-in request: how old the authentication at the provider may be; null for any age. */
  readonly maxAgeSeconds: number | null;
  /** When a session ends. */
  readonly sessionSeconds: number;
}

/** The source of accounts. */
export type AccountsConfig = AskAccountsConfig | HeaderAccountsConfig | OidcAccountsConfig;

/** Where the keys are stored. */
export type StoreConfig =
  | { readonly kind: 'sqlite'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** In seconds; 0 disables a timeout. */
export interface GatewayTimeouts {
  readonly connect: number;
  readonly headers: number;
  readonly idle: number;
  readonly shutdown: number;
}

/** The proxies that use forward authentication. */
export interface ForwardAuthConfig {
  readonly from: readonly string[];
  /** The prefix of the public path, and what the proxy replaces it with; null if the proxy changes nothing. */
  readonly prefix: { readonly public: string; readonly service: string } | null;
}

/** A complete, checked configuration. */
export interface GatewayConfig {
  readonly name: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly listen: ListenAddress;
  /** Health and metrics; null for none. */
  readonly monitor: ListenAddress | null;
  /** Addresses and networks that may read health and metrics, besides this computer. */
  readonly monitorFrom: readonly string[];
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** The origin of the service. */
  readonly upstream: string;
  readonly store: StoreConfig;
  /** The URL of Valkey or Redis, where several gateways count uses; null to count in this process. */
  readonly valkey: string | null;
  readonly accounts: AccountsConfig;
  readonly scopes: ScopeDefinitions;
  readonly routes: readonly RouteDefinition[];
  /** The operations behind the scopes; null if the configuration lists routes. */
  readonly openapi: OpenapiScopes | null;
  readonly settings: ReadonlyMap<string, string>;
  /** Addresses and networks of trusted proxies in front of the gateway. Only their forwarded headers are used. */
  readonly trustedProxies: readonly string[];
  /** Who may use the endpoints of forward authentication; null for nobody. */
  readonly forwardAuth: ForwardAuthConfig | null;
  /** Whether a path may contain `;`. */
  readonly allowsSemicolons: boolean;
  /** The audience of the identity tokens. */
  readonly audience: string;
  /** The secret from which signing keys are derived; null to use a secret from the store. */
  readonly secret: string | null;
  readonly timeouts: GatewayTimeouts;
  /** In bytes. 0 as `bodyBytes` disables the limit for bodies. */
  readonly limits: {
    readonly headerBytes: number;
    readonly bodyBytes: number;
    /** To the service, at the same time. */
    readonly connections: number;
  };
}
