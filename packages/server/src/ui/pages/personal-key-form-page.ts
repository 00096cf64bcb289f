import type { RawParameters, ValetkeyError } from '@valetkey/protocol';
import { html } from 'hono/html';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, layout } from '../parts/layout.ts';
import { appsPath, newPersonalKeyPath, ownParagraph } from '../parts/own-paths.ts';
import { scopeText } from '../parts/scope-text.ts';

const EXPIRY_DAYS = [30, 90, 365];
const SELECTED_DAYS = 90;
const DAY = 86_400;

/** The options of the form, and what was entered before. */
interface FormState {
  readonly scopes: ScopeDefinitions;
  /** The names of the scopes that can be selected. */
  readonly allowedScopes: readonly string[];
  readonly maxExpiryDays: number;
  /** Whether the site serves agents. */
  readonly offersAgents: boolean;
  /** The user's IP address, as the site sees it. */
  readonly ipAddress: string;
  /** The rejected input. No scope is selected by default. */
  readonly values?: RawParameters;
  /** Why the input was rejected. */
  readonly problem?: ValetkeyError;
}

/** Returns the form for a personal key: name, scopes, expiry and allowed IP addresses. */
export function personalKeyFormPage(state: FormState, page: UserPageContext): Html {
  const { allowedScopes, ipAddress, maxExpiryDays, offersAgents, values = {}, problem } = state;
  const { common, personalKeys } = page.t;
  const words = personalKeys.form;
  const textOf = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  const selected = values.expires_in_seconds ?? String(SELECTED_DAYS * DAY);
  return layout(
    words.title,
    html`<h1>${words.heading}</h1>
      <p>${words.meaning}</p>
      ${problem ? html`<p class="note" role="alert">${common.error.describe(problem.code, problem.details).sentence}</p>` : ''}
      <form method="post" action="${newPersonalKeyPath(page)}">
        ${csrfField(page)}
        <label for="name">${words.name}</label>
        <input id="name" name="application_name" type="text" maxlength="100" required autocomplete="off"
          value="${textOf('application_name')}" />
        <fieldset>
          <legend>${words.scopes}</legend>
          <ul class="scopes">${allowedScopes.map((name) => scopeBox(name, textOf(`scope:${name}`) !== '', state, page))}</ul>
        </fieldset>
        <label for="expiry">${words.expiry}</label>
        <select id="expiry" name="expires_in_seconds">${expiryOptions(selected, maxExpiryDays, page)}</select>
        ${offersAgents ? agentBox(textOf('for_agents') !== '', page) : ''}
        <label for="addresses">${words.ipAddresses}</label>
        <input id="addresses" name="allowed_addresses" type="text" maxlength="2000" autocomplete="off" spellcheck="false"
          aria-describedby="addresses-help" value="${textOf('allowed_addresses')}" />
        <p id="addresses-help" class="help">${words.ipAddressesHint({ ipAddress })}</p>
        <div class="buttons"><button type="submit" class="primary">${words.create}</button></div>
      </form>
      ${ownParagraph(appsPath(page), common.yourApps)}`,
    page,
  );
}

function agentBox(isChecked: boolean, { t }: UserPageContext): Html {
  return html`<label class="box">
    <input type="checkbox" name="for_agents" value="1" ${isChecked ? 'checked' : ''} />
    <span>${t.personalKeys.form.forAgents}</span>
  </label>`;
}

function scopeBox(name: string, isChecked: boolean, { scopes }: FormState, page: UserPageContext): Html {
  const isDangerous = scopes[name]?.isDangerous;
  return html`<li class="${isDangerous ? 'dangerous' : ''}">
    <label class="box">
      <input type="checkbox" name="scope:${name}" value="1" ${isChecked ? 'checked' : ''} />
      <span>${scopeText(name, scopes, page)} <code>${name}</code>
        ${isDangerous ? html`<span class="warning">${page.t.personalKeys.form.dangerousScope}</span>` : ''}</span>
    </label>
  </li>`;
}

function expiryOptions(selected: unknown, maxDays: number, { t }: UserPageContext): Html[] {
  const words = t.personalKeys.form;
  const option = (value: string, text: string): Html =>
    html`<option value="${value}" ${selected === value ? 'selected' : ''}>${text}</option>`;
  return [
    ...EXPIRY_DAYS.filter((days) => days <= maxDays).map((days) =>
      option(String(days * DAY), words.days({ days })),
    ),
    option('', words.noExpiry),
  ];
}
