import type { CsrfTokens } from '../core/csrf/csrf-tokens.ts';
import type { Notice } from '../core/notices/notice.ts';
import type { AdminScopeDefinitions } from '../core/scopes/admin-scope.ts';
import type { ScopeDefinitions } from '../core/scopes/scope.ts';
import type { CreateAttemptLimiter } from '../ports/attempt-limiter.ts';
import type { PagePaths } from '../ports/page-paths.ts';
import type { Site } from '../ports/site.ts';
import type { Store } from '../ports/store.ts';
import type { SettingsRegistry } from '../settings/settings.ts';
import type { AdminKeys } from '../verify/admin-keys.ts';
import type { AppBlocks } from '../verify/app-blocks.ts';
import type { Freshness } from '../verify/freshness.ts';
import type { Keys } from '../verify/keys.ts';
import type { OauthGrants } from '../verify/oauth-grants.ts';
import type { Verifier } from '../verify/verifier.ts';
import type { ApprovalLimits } from './approval-limits.ts';
import type { DeviceLimits } from './device/device-limits.ts';
import type { FeedDefinitions } from './feeds/feed.ts';

/** The dependencies of the endpoints, including clock and randomness. */
export interface Provider {
  readonly site: Site;
  /** The path of the site’s base URL, without a trailing slash: '' or '/forum'. */
  readonly basePath: string;
  readonly paths: PagePaths;
  readonly csrf: CsrfTokens;
  readonly store: Store;
  readonly keys: Keys;
  readonly verifier: Verifier;
  readonly freshness: Freshness;
  readonly adminKeys: AdminKeys;
  readonly oauthGrants: OauthGrants;
  readonly deviceLimits: DeviceLimits;
  readonly approvalLimits: ApprovalLimits;
  readonly settings: SettingsRegistry;
  readonly appBlocks: AppBlocks;
  readonly scopes: ScopeDefinitions;
  readonly feeds: FeedDefinitions;
  readonly adminScopes: AdminScopeDefinitions;
  /** Reports a notice to the site; null if the site wants none. Never throws. */
  readonly reportNotice: ((notice: Notice) => void) | null;
  readonly createLimiter: CreateAttemptLimiter;
  /** The metadata that 401 responses name (RFC 9728); null if no extension serves it. */
  readonly resourceMetadataUrl: string | null;
  /** The path of the resource for agents, such as `/mcp`; null if no extension serves it. */
  readonly agentResource: string | null;
  /** Returns the scopes that the tools of this resource need; null if it has no list of its own. */
  readonly listAgentScopes: () => readonly string[] | null;
  /** Whether an extension adds the page on which admins turn tools off. */
  readonly hasToolsPage: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}
