import type { RawParameters, ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import {
  type AdminScopeDefinition,
  type AdminScopeDefinitions,
  adminScopeParameters,
} from '../../core/scopes/admin-scope.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html } from '../parts/layout.ts';
import { MODE_WORDS } from './admin-key-powers.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** What was filled in before, and why it was not taken. */
interface Refused {
  readonly fields: RawParameters;
  readonly error: Pick<ValetkeyError, 'code' | 'details'>;
}

/** What the key is for, whom it acts for, and what it may do; nothing is chosen beforehand. */
export function adminKeyFormPage(
  adminScopes: AdminScopeDefinitions,
  page: UserPageContext,
  refused?: Refused,
): Html {
  const fields = refused?.fields ?? {};
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const wrong = refused ? placeOf(refused.error) : null;
  const mistake = refused
    ? html`<p id="mistake" class="mistake" role="alert">${describeError(refused.error.code, refused.error.details).sentence}</p>`
    : '';
  const at = (place: string) => (wrong === place ? mistake : '');
  const marks = (place: string) =>
    wrong === place
      ? html`aria-describedby="mistake about-${place}" aria-invalid="true"`
      : html`aria-describedby="about-${place}"`;
  return adminLayout(
    'adminKeys',
    'New admin key',
    html`<h1>Make an admin key</h1>
      ${at('form')}
      <form method="post" action="${adminPath('adminKeys', page)}">
        ${csrfField(page)}
        <label for="description">What it is for</label>
        <p class="fine hint" id="about-description">So that you know in a year what breaks when you revoke it.</p>
        <input id="description" name="description" type="text" maxlength="255" required autocomplete="off" value="${text('description')}" ${marks('description')} />
        ${at('description')}
        <label for="username">Whom it acts for</label>
        <p class="fine hint" id="about-username">The name of one user. Empty: any user, whom each request names.</p>
        <input id="username" name="username" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${text('username')}" ${marks('username')} />
        ${at('username')}
        <fieldset ${wrong === 'scope_mode' ? html`aria-describedby="mistake"` : ''}>
          <legend>What it may do</legend>
          ${at('scope_mode')}
          ${Object.entries(MODE_WORDS).map(
            ([mode, words]) => html`<label class="box">
              <input type="radio" name="scope_mode" value="${mode}" required ${text('scope_mode') === mode ? 'checked' : ''} />
              <span>${words} <code>${mode}</code></span>
            </label>`,
          )}
        </fieldset>
        <fieldset ${wrong === 'scopes' ? html`aria-describedby="mistake"` : ''}>
          <legend>For “${MODE_WORDS.granular.toLowerCase()}”</legend>
          <p class="fine hint">Values are separated by commas, and bind the key to them; leave a field empty to allow every value.</p>
          ${at('scopes')}
          <ul class="scopes">
            ${Object.entries(adminScopes).map((entry) => scopeBox(entry, fields))}
          </ul>
        </fieldset>
        <div class="buttons"><button type="submit" class="primary">Make the key</button></div>
      </form>
      <p><a href="${adminPath('adminKeys', page)}">All admin keys</a></p>`,
    page,
  );
}

function scopeBox([scopeId, definition]: [string, AdminScopeDefinition], fields: RawParameters): Html {
  return html`<li>
    <label class="box">
      <input type="checkbox" name="scope:${scopeId}" value="1" ${fields[`scope:${scopeId}`] === undefined ? '' : 'checked'} />
      <span>${definition.sentence} <code>${scopeId}</code></span>
    </label>
    ${adminScopeParameters(definition).map((parameter) => {
      const name = `bind:${scopeId}:${parameter}`;
      const value = fields[name];
      return html`<label class="bind">only with ${parameter}
        <input type="text" name="${name}" autocomplete="off" spellcheck="false" value="${typeof value === 'string' ? value : ''}" aria-label="${definition.sentence}: only with ${parameter}" />
      </label>`;
    })}
  </li>`;
}

/** The field that a refusal is about. */
function placeOf({ code, details }: Refused['error']): string {
  if (code === 'admin_scopes_invalid') return 'scopes';
  if (code === 'user_not_found') return 'username';
  const { parameter } = details;
  return ['description', 'username', 'scope_mode'].find((name) => name === parameter) ?? 'form';
}
