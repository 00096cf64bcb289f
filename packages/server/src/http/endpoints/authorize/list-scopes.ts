import { textInFirst } from '../../../core/localized-text.ts';
import { parseAcceptLanguage } from '../../../core/parse-accept-language.ts';
import { isUrlKey } from '../../../core/scopes/scope.ts';
import { requireFeature } from '../../../issue/steps/check-feature.ts';
import type { Endpoint } from '../endpoint.ts';

/**
 * `GET /user-api-key/scopes`: lists the scopes that apps may request, with their sentences (PROTOCOL.md#list-scopes).
 * It reads no cookie and no key, so every origin and every cache may have it.
 */
export const listScopes: Endpoint = async ({ raw }, { settings, scopes }) => {
  const current = settings.current();
  requireFeature(current);
  const languages = parseAcceptLanguage(raw.headers.get('accept-language') ?? '');
  const offered = current.allow_user_api_key_scopes.flatMap((name) => {
    const scope = Object.hasOwn(scopes, name) ? scopes[name] : undefined;
    if (!scope) return [];
    const { sentence, isDangerous = false } = scope;
    return {
      name,
      sentence: textInFirst(sentence, languages),
      dangerous: isDangerous,
      allowed_in_url: isUrlKey([name], scopes),
    };
  });
  return new Response(JSON.stringify({ scopes: offered }), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'public, max-age=300',
      Vary: 'Accept-Language',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
    },
  });
};
