import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { LANGUAGES, type Language } from '../messages/languages.ts';
import type { PageContext } from '../page-context.ts';

/**
 * Returns the form that shows this page in another language; nothing if there is only one, or if the page cannot be
 * loaded again. Each language has its own name for itself.
 */
export function languageForm(
  {
    language: current,
    languagePath,
    returnTo,
    t,
  }: Pick<PageContext, 'language' | 'languagePath' | 'returnTo' | 't'>,
  languages: Readonly<Record<string, Pick<Language, 'name' | 'direction'>>> = LANGUAGES,
): Html | '' {
  const choices = Object.entries(languages);
  if (returnTo === null || choices.length === 1) return '';
  return html`<form method="post" action="${languagePath}" class="language" aria-label="${t.common.language}">
    <input type="hidden" name="return_to" value="${returnTo}" />
    <label for="language">${t.common.language}</label>
    <select id="language" name="language" autocomplete="off">
      ${choices.map(
        ([tag, { name, direction }]) =>
          html`<option value="${tag}" lang="${tag}" dir="${direction}" ${tag === current ? 'selected' : ''}>${name}</option>`,
      )}
    </select>
    <button type="submit">${t.common.changeLanguage}</button>
  </form>`;
}
