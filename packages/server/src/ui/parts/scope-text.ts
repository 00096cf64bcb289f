import { textIn } from '../../core/localized-text.ts';
import type { AdminScopeDefinition } from '../../core/scopes/admin-scope.ts';
import {
  type DiscourseAdminScopeTexts,
  discourseAdminScopes,
} from '../../core/scopes/discourse-admin-scopes.ts';
import type { DiscourseScopeTexts, ScopeText } from '../../core/scopes/discourse-scope-texts.ts';
import { discourseScopes } from '../../core/scopes/discourse-scopes.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { PageContext } from '../page-context.ts';

/** Returns the sentence of a scope in the page's language; its name if the site no longer has the scope. */
export const scopeText = (name: string, scopes: ScopeDefinitions, page: PageContext): string =>
  describeScope(name, scopes, page).sentence;

/** Returns what a scope allows. A built-in scope that the site has not redefined is described by the messages. */
export function describeScope(
  name: string,
  scopes: ScopeDefinitions,
  { locale, t }: Pick<PageContext, 'locale' | 't'>,
): ScopeText {
  const scope = Object.hasOwn(scopes, name) ? scopes[name] : undefined;
  if (!scope) return { sentence: name, details: '' };
  if (scope === discourseScopes[name]) return t.scopes[name as keyof DiscourseScopeTexts];
  return { sentence: textIn(scope.sentence, locale), details: textIn(scope.details ?? '', locale) };
}

/** Returns the sentence of a scope of admin keys. A built-in scope is described by the messages. */
export function adminScopeText(
  scopeId: string,
  definition: AdminScopeDefinition,
  { locale, t }: Pick<PageContext, 'locale' | 't'>,
): string {
  return definition === discourseAdminScopes[scopeId]
    ? t.adminScopes[scopeId as keyof DiscourseAdminScopeTexts]
    : textIn(definition.sentence, locale);
}
