import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { LANGUAGES, type Language } from '../messages/languages.ts';
import type { PageContext } from '../page-context.ts';

/**
 * Returns the form that shows this page in another language; nothing if there is only one, or if the page cannot be
 * loaded again. On a page with choices its fields belong to their form, so that they are kept. Each language has its own name for itself.
 */
export function languageForm(
  {
    language: current,
    languagePath,
    returnTo,
    choicesForm,
    t,
  }: Pick<PageContext, 'language' | 'languagePath' | 'returnTo' | 'choicesForm' | 't'>,
  languages: Readonly<Record<string, Pick<Language, 'name' | 'direction'>>> = LANGUAGES,
): Html | '' {
  const choices = Object.entries(languages);
  if (returnTo === null || choices.length === 1) return '';
  const owner = choicesForm === undefined ? '' : html`form="${choicesForm}"`;
  const fields = html`<input type="hidden" name="return_to" value="${returnTo}" ${owner} />
    <label for="language">${t.common.language}</label>
    <select id="language" name="language" autocomplete="off" ${owner}>
      ${choices.map(
        ([tag, { name, direction }]) =>
          html`<option value="${tag}" lang="${tag}" dir="${direction}" ${tag === current ? 'selected' : ''}>${name}</option>`,
      )}
    </select>
    <button type="submit" formaction="${languagePath}" formnovalidate ${owner}>${t.common.changeLanguage}</button>`;
  return choicesForm === undefined
    ? html`<form method="post" action="${languagePath}" class="language" aria-label="${t.common.language}">${fields}</form>`
    : html`<section class="language" aria-label="${t.common.language}">${fields}</section>`;
}
