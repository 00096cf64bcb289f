import type { RouteDefinition, ScopeDefinition } from '@valetkey/server';
import type { Operation } from './operation.ts';

/** The scopes of a configuration by operations, and the document that defines these. */
export interface OpenapiScopes {
  /** The path of the document. */
  readonly file: string;
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly routes: readonly RouteDefinition[];
  readonly operations: readonly Operation[];
  /** The operations of each scope. */
  readonly byScope: ReadonlyMap<string, readonly Operation[]>;
}
