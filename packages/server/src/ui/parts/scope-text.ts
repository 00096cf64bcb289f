import { textIn } from '../../core/localized-text.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { PageContext } from '../page-context.ts';

/** Returns the sentence of a scope in the page's language; its name if the site no longer has the scope. */
export function scopeText(name: string, scopes: ScopeDefinitions, { locale }: PageContext): string {
  const scope = Object.hasOwn(scopes, name) ? scopes[name] : undefined;
  return scope ? textIn(scope.sentence, locale) : name;
}
