import type { RawParameters, ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import {
  type AdminScopeDefinition,
  type AdminScopeDefinitions,
  adminScopeParameters,
} from '../../core/scopes/admin-scope.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';
import { adminScopeText } from '../parts/scope-text.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** The rejected input, and why it was rejected. */
interface Rejected {
  readonly fields: RawParameters;
  readonly error: Pick<ValetkeyError, 'code' | 'details'>;
}

type Place = 'form' | 'description' | 'username' | 'scope_mode' | 'scopes';

/** Returns the form for an admin key: description, user and access. Nothing is selected by default. */
export function adminKeyFormPage(
  adminScopes: AdminScopeDefinitions,
  page: UserPageContext,
  rejected?: Rejected,
): Html {
  const { common, adminKeys } = page.t;
  const words = adminKeys.form;
  const fields = rejected?.fields ?? {};
  const scopes = Object.entries(adminScopes);
  // A granular key needs a scope.
  const modes = Object.entries(adminKeys.modes).filter(([mode]) => mode !== 'granular' || scopes.length > 0);
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const wrong = rejected ? placeOf(rejected.error) : null;
  const mistakeAt = (place: Place) =>
    rejected && wrong === place
      ? html`<p id="mistake" class="mistake" role="alert">${common.error.describe(rejected.error.code, rejected.error.details).sentence}</p>`
      : '';
  const describedBy = (place: Place) =>
    wrong === place
      ? html`aria-describedby="mistake about-${place}" aria-invalid="true"`
      : html`aria-describedby="about-${place}"`;
  return adminLayout(
    'adminKeys',
    words.title,
    html`<h1>${words.heading}</h1>
      ${mistakeAt('form')}
      <form method="post" action="${adminPath('adminKeys', page)}">
        ${csrfField(page)}
        <label for="description">${words.description}</label>
        <p class="fine hint" id="about-description">${words.descriptionHint}</p>
        <input id="description" name="description" type="text" maxlength="255" required autocomplete="off" value="${text('description')}" ${describedBy('description')} />
        ${mistakeAt('description')}
        <label for="username">${words.username}</label>
        <p class="fine hint" id="about-username">${words.usernameHint}</p>
        <input id="username" name="username" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${text('username')}" ${describedBy('username')} />
        ${mistakeAt('username')}
        <fieldset ${wrong === 'scope_mode' ? html`aria-describedby="mistake"` : ''}>
          <legend>${words.access}</legend>
          ${mistakeAt('scope_mode')}
          ${modes.map(
            ([mode, meaning]) => html`<label class="box">
              <input type="radio" name="scope_mode" value="${mode}" required ${text('scope_mode') === mode ? 'checked' : ''} />
              <span>${meaning} <code>${mode}</code></span>
            </label>`,
          )}
        </fieldset>
        ${
          scopes.length === 0
            ? mistakeAt('scopes')
            : html`<fieldset ${wrong === 'scopes' ? html`aria-describedby="mistake"` : ''}>
          <legend>${words.scopes}</legend>
          <p class="fine hint">${words.scopesHint}</p>
          ${mistakeAt('scopes')}
          <ul class="scopes">${scopes.map((entry) => scopeBox(entry, fields, page))}</ul>
        </fieldset>`
        }
        <div class="buttons"><button type="submit" class="primary">${words.create}</button></div>
      </form>
      <p><a href="${adminPath('adminKeys', page)}">${words.allKeys}</a></p>`,
    page,
  );
}

function scopeBox(
  [scopeId, definition]: [string, AdminScopeDefinition],
  fields: RawParameters,
  page: UserPageContext,
): Html {
  const words = page.t.adminKeys.form;
  const scope = adminScopeText(scopeId, definition, page);
  return html`<li>
    <label class="box">
      <input type="checkbox" name="scope:${scopeId}" value="1" ${fields[`scope:${scopeId}`] === undefined ? '' : 'checked'} />
      <span>${scope} <code>${scopeId}</code></span>
    </label>
    ${adminScopeParameters(definition).map((parameter) => {
      const name = `bind:${scopeId}:${parameter}`;
      const value = fields[name];
      return html`<label class="bind">${words.onlyIf({ parameter })}
        <input type="text" name="${name}" autocomplete="off" spellcheck="false" value="${typeof value === 'string' ? value : ''}" aria-label="${words.scopeOnlyIf({ scope, parameter })}" />
      </label>`;
    })}
  </li>`;
}

/** Returns the field that an error is about. */
function placeOf({ code, details }: Rejected['error']): Place {
  if (code === 'admin_scopes_invalid') return 'scopes';
  if (code === 'user_not_found') return 'username';
  const { parameter } = details;
  const places = ['description', 'username', 'scope_mode'] as const;
  return places.find((name) => name === parameter) ?? 'form';
}
