import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import { type Html, layout } from '../parts/layout.ts';
import { appsPath } from '../parts/own-paths.ts';

/** Says that the key is dead, and offers the way back for a slip of the finger. */
export function revokedPage(key: KeyRecord, session: Session, provider: Provider): Html {
  return layout(
    'Revoked',
    html`<h1>Revoked</h1>
      <p>${whatEnded(key)}</p>
      ${key.retiresAt === null ? undoForm(key, session, provider) : html`<p>A newer key is in its place.</p>`}
      <p><a href="${appsPath(session, provider)}">All your apps</a></p>`,
    provider,
  );
}

function undoForm(key: KeyRecord, session: Session, provider: Provider): Html {
  return html`<form method="post" action="${provider.basePath}/user-api-key/undo-revoke">
    <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
    <input type="hidden" name="id" value="${key.id}" />
    <div class="buttons"><button type="submit">Undo</button></div>
  </form>`;
}

export function restoredPage(key: KeyRecord, session: Session, provider: Provider): Html {
  return layout(
    'Restored',
    html`<h1>Restored</h1>
      <p>${whatCameBack(key)}</p>
      <p><a href="${appsPath(session, provider)}">All your apps</a></p>`,
    provider,
  );
}

function whatEnded({ kind, applicationName, retiresAt }: KeyRecord): Html {
  if (retiresAt !== null) return html`The old key of <bdi>${applicationName}</bdi> does not work any more.`;
  if (kind === 'feed') return html`The address of “<bdi>${applicationName}</bdi>” no longer works.`;
  return html`<bdi>${applicationName}</bdi> can no longer act for you.`;
}

function whatCameBack({ kind, applicationName }: KeyRecord): Html {
  if (kind === 'feed') return html`The address of “<bdi>${applicationName}</bdi>” works again, as before.`;
  return html`<bdi>${applicationName}</bdi> can act for you again, as before.`;
}
