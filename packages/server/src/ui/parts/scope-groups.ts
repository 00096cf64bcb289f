import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import { riskOf, SCOPE_RISKS } from '../../core/scopes/scope-risk.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { describeScope } from './scope-text.ts';

/** The requested scopes, as the user decides about them. */
export interface ScopesView {
  readonly names: readonly string[];
  /** Those that the user may refuse. */
  readonly optional: readonly string[];
  /** The key that an approval replaces: scopes that it does not have are marked as new. */
  readonly replaces: KeyRecord | null;
  readonly scopes: ScopeDefinitions;
}

/**
 * Returns the scopes from harmless to dangerous, with what each allows and does not allow. Optional ones are checkboxes
 * for `parseConsentChoice`.
 */
export function scopeGroups(
  view: ScopesView,
  page: PageContext,
  heading: string = page.t.consent.scopes,
): Html {
  const { names, optional, scopes } = view;
  const { consent } = page.t;
  const groups = SCOPE_RISKS.map((risk) => ({
    risk,
    members: names.filter((name) => riskOf(name, scopes) === risk),
  })).filter(({ members }) => members.length > 0);
  const required = names.filter((name) => !optional.includes(name));
  return html`<section aria-labelledby="scopes">
    <h2 id="scopes">${heading}</h2>
    ${optional.length === 0 ? '' : html`<p class="fine hint">${consent.optionalScopes}</p>`}
    ${groups.map(
      ({ risk, members }) => html`<h3 class="risk ${risk}">${consent.risks[risk]}</h3>
        <ul class="scopes">${members.map((name) => scopeItem(name, view, page))}</ul>`,
    )}
    ${optional.length === 0 ? '' : html`<input type="hidden" name="granted_scopes" value="${required.join(',')}" />`}
  </section>`;
}

function scopeItem(name: string, { optional, replaces, scopes }: ScopesView, page: PageContext): Html {
  const { common, consent } = page.t;
  const { sentence, details } = describeScope(name, scopes, page);
  const isDangerous = riskOf(name, scopes) === 'dangerous';
  const isTicked = page.choice.scopes?.includes(name) ?? true;
  const isNew = replaces !== null && !replaces.scopes.includes(name);
  const text = html`<span><span class="sentence">${sentence}</span> <code>${name}</code>
    ${isNew ? html`<strong class="badge">${consent.newScope}</strong>` : ''}
    ${details === '' ? '' : html`<span class="details">${details}</span>`}
    ${isDangerous ? html`<span class="warning">${common.dangerousScope}</span>` : ''}</span>`;
  return html`<li class="${isDangerous ? 'dangerous' : ''}">
    ${
      optional.includes(name)
        ? html`<label class="box"><input type="checkbox" name="grant:${name}" value="1" ${isTicked ? 'checked' : ''} />${text}</label>`
        : text
    }
  </li>`;
}
