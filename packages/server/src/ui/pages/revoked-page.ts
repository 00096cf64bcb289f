import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { appsPath, ownParagraph } from '../parts/own-paths.ts';

/** Says that the key is dead, and offers the way back for a slip of the finger. */
export function revokedPage(key: KeyRecord, page: UserPageContext): Html {
  return layout(
    'Revoked',
    html`<h1>Revoked</h1>
      <p>${whatEnded(key)}</p>
      ${key.retiresAt === null ? undoForm(key, page) : html`<p>A newer key is in its place.</p>`}
      ${ownParagraph(appsPath(page), 'All your apps')}`,
    page,
  );
}

function undoForm(key: KeyRecord, page: UserPageContext): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/undo-revoke">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${key.id}" />
    <div class="buttons"><button type="submit">Undo</button></div>
  </form>`;
}

export function restoredPage(key: KeyRecord, page: UserPageContext): Html {
  return layout(
    'Restored',
    html`<h1>Restored</h1>
      <p>${whatCameBack(key)}</p>
      ${ownParagraph(appsPath(page), 'All your apps')}`,
    page,
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
