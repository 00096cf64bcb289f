import type { ScopeDefinition, ScopeDefinitions } from './scope.ts';

/** The groups of scopes on the consent page, from harmless to dangerous. */
export const SCOPE_RISKS = ['read', 'change', 'dangerous'] as const;

/** How much harm an app can do with a scope. */
export type ScopeRisk = (typeof SCOPE_RISKS)[number];

/** Returns the group of a scope. A scope that the site does not have allows nothing. */
export function riskOf(name: string, scopes: ScopeDefinitions): ScopeRisk {
  const scope = Object.hasOwn(scopes, name) ? scopes[name] : undefined;
  if (scope?.isDangerous) return 'dangerous';
  return scope === undefined || isReadOnly(scope) ? 'read' : 'change';
}

const isReadOnly = ({ isReadOnly: declared, permissions }: ScopeDefinition): boolean =>
  declared ?? permissions.every(({ methods }) => methods.every((method) => method === 'GET'));
