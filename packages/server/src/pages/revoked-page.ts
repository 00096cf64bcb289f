import { html } from 'hono/html';
import type { Provider } from '../provider.ts';
import type { Session } from '../site.ts';
import type { KeyRecord } from '../store/store.ts';
import { appsPath } from './apps-page.ts';
import { type Html, layout } from './layout.ts';

/** Says that the key is dead, and offers the way back for a slip of the finger. */
export function revokedPage(key: KeyRecord, session: Session, provider: Provider): Html {
  return layout(
    'Revoked',
    html`<h1>Revoked</h1>
      <p><bdi>${key.applicationName}</bdi> can no longer act for you.</p>
      <form method="post" action="${provider.basePath}/user-api-key/undo-revoke">
        <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
        <input type="hidden" name="id" value="${key.id}" />
        <div class="buttons"><button type="submit">Undo</button></div>
      </form>
      <p><a href="${appsPath(session, provider)}">All your apps</a></p>`,
    provider,
  );
}

export function restoredPage(key: KeyRecord, session: Session, provider: Provider): Html {
  return layout(
    'Restored',
    html`<h1>Restored</h1>
      <p><bdi>${key.applicationName}</bdi> can act for you again, as before.</p>
      <p><a href="${appsPath(session, provider)}">All your apps</a></p>`,
    provider,
  );
}
