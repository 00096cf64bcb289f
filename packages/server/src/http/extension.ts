import type { ScopeDefinitions } from '../core/scopes/scope.ts';
import type { Settings } from '../core/settings/setting-table.ts';
import type { Provider } from '../issue/provider.ts';
import type { MaybePromise } from '../ports/site.ts';
import type { ExtraEndpoints } from './endpoints/endpoint-table.ts';

/**
 * A package that adds endpoints to the server, such as `@valetkey/oauth`. The server never imports it: the site passes it to
 * `createValetkey`. Keys, consent, limits and the store stay those of the server.
 */
export interface Extension {
  /** Whether it serves `/.well-known/oauth-protected-resource` (RFC 9728), which 401 responses then name. */
  readonly servesResourceMetadata?: boolean;
  /** The path of the resource for agents below the base URL. Users can create personal keys for it. @default none */
  readonly agentResource?: string;
  /**
   * Returns the scopes that the tools of that resource need, for its metadata (RFC 9728). A change of the settings applies
   * to the next call.
   *
   * @default all scopes that the site grants
   */
  agentScopes?(settings: Settings, scopes: ScopeDefinitions): readonly string[];
  /** Whether it adds the page on which admins turn tools off. @default false */
  readonly servesToolsPage?: boolean;
  /** Called once, when the provider is complete. An error of it is thrown by `createValetkey`. */
  start(provider: Provider): MaybePromise<ExtraEndpoints>;
}
