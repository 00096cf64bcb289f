import type { KeyRequestParameters, Padding, Redirect, RsaPublicKey } from '@valetkey/protocol';
import type { BlockList } from '../../core/blocks/block-list.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { RegisteredClient } from '../../ports/client-store.ts';
import type { MaybePromise, Session } from '../../ports/site.ts';
import type { Store } from '../../ports/store.ts';

/** A request for a key. Each step adds what it has found. */
export interface KeyRequest {
  readonly parameters: KeyRequestParameters;
  readonly client: RegisteredClient | null;
  readonly applicationName: string;
  readonly scopes: readonly string[];
  /** Whether the key may be sent in a URL, which depends on its scopes. The consent page shows it. */
  readonly isUrlKey: boolean;
  readonly publicKey: RsaPublicKey;
  readonly padding: Padding;
  readonly redirect: Redirect | null;
  /** Whether notifications are pushed: the scope is granted and the push URL is on the site’s list. */
  readonly push: boolean;
  readonly expiresInSeconds: number | null;
  readonly session: Session;
}

/** The inputs of the steps beside the request, all injected. */
export interface StepEnvironment {
  readonly settings: Settings;
  readonly blocks: BlockList;
  readonly scopeDefinitions: ScopeDefinitions;
  readonly session: Session | null;
  readonly findClient: Store['findClient'];
  readonly findClientByPublicKey: Store['findClientByPublicKey'];
}

export type Findings = Pick<KeyRequest, 'parameters'> & Partial<KeyRequest>;

/** One rule. Returns its findings or throws a `ValetkeyError`. */
export type Step = (known: Findings, environment: StepEnvironment) => MaybePromise<Partial<KeyRequest>>;

/** Returns the finding of an earlier step. Throws if the table has the steps in the wrong order. */
export function found<Name extends keyof KeyRequest>(known: Findings, name: Name): KeyRequest[Name] {
  const value = known[name];
  if (value === undefined) throw new Error(`The steps table asks for “${name}” before a step has found it.`);
  return value as KeyRequest[Name];
}
