import type { RawParameters, ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { appsPath, newPersonalKeyPath, ownParagraph } from '../parts/own-paths.ts';

const EXPIRY_DAYS = [30, 90, 365];
const CHOSEN_DAYS = 90;
const DAY = 86_400;

/** What the form begins with. */
interface FormState {
  readonly scopes: ScopeDefinitions;
  /** Names of those that can be ticked. */
  readonly allowedScopes: readonly string[];
  readonly maxExpiryDays: number;
  /** The person's own, as the site sees it. */
  readonly ipAddress: string;
  /** What was filled in before; nothing is ticked for a person. */
  readonly values?: RawParameters;
  /** Why that would not do. */
  readonly problem?: ValetkeyError;
}

/** What the key is for, what it may do, until when and from where. */
export function personalKeyFormPage(
  { scopes, allowedScopes, maxExpiryDays, ipAddress, values = {}, problem }: FormState,
  page: UserPageContext,
): Html {
  const textOf = (name: string): string => (typeof values[name] === 'string' ? values[name] : '');
  return layout(
    'New key',
    html`<h1>Make a key for yourself</h1>
      <p>For a script or a program of your own. Whoever has the key can do in your name what you tick here.</p>
      ${problem ? html`<p class="note" role="alert">${describeError(problem.code, problem.details).sentence}</p>` : ''}
      <form method="post" action="${newPersonalKeyPath(page)}">
        ${csrfField(page)}
        <label for="name">What it is for</label>
        <input id="name" name="application_name" type="text" maxlength="100" required autocomplete="off"
          value="${textOf('application_name')}" />
        <fieldset>
          <legend>It may</legend>
          <ul class="scopes">${allowedScopes.map((name) => scopeBox(name, textOf(`scope:${name}`) !== '', scopes))}</ul>
        </fieldset>
        <label for="expiry">It is good for</label>
        <select id="expiry" name="expires_in_seconds">${expiryOptions(values.expires_in_seconds ?? String(CHOSEN_DAYS * DAY), maxExpiryDays)}</select>
        <label for="addresses">Only from these addresses (optional)</label>
        <input id="addresses" name="allowed_addresses" type="text" maxlength="2000" autocomplete="off" spellcheck="false"
          aria-describedby="addresses-help" value="${textOf('allowed_addresses')}" />
        <p id="addresses-help" class="help">
          IP addresses and networks, such as 203.0.113.7 or 2001:db8::/32, with blanks between them. You are at
          <bdi>${ipAddress}</bdi> now. Left empty, the key works from anywhere.
        </p>
        <div class="buttons"><button type="submit" class="primary">Make the key</button></div>
      </form>
      ${ownParagraph(appsPath(page), 'Your apps')}`,
    page,
  );
}

function scopeBox(name: string, isChecked: boolean, scopes: ScopeDefinitions): Html {
  const scope = scopes[name];
  return html`<li class="${scope?.isDangerous ? 'dangerous' : ''}">
    <label class="box">
      <input type="checkbox" name="scope:${name}" value="1" ${isChecked ? 'checked' : ''} />
      <span>${scope?.sentence ?? name} <code>${name}</code>
        ${scope?.isDangerous ? html`<span class="warning">Far-reaching: keep such a key as safe as your password.</span>` : ''}</span>
    </label>
  </li>`;
}

function expiryOptions(chosen: unknown, maxDays: number): Html[] {
  const days = EXPIRY_DAYS.filter((count) => count <= maxDays);
  return [
    ...days.map(
      (count) =>
        html`<option value="${count * DAY}" ${chosen === String(count * DAY) ? 'selected' : ''}>${count} days</option>`,
    ),
    html`<option value="" ${chosen === '' ? 'selected' : ''}>as long as you do not revoke it</option>`,
  ];
}
