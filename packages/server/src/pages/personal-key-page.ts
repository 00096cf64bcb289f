import { html } from 'hono/html';
import type { OwnKey } from '../keys/make-own-key.ts';
import type { Provider } from '../provider.ts';
import type { Session } from '../site.ts';
import { type Html, layout } from './layout.ts';
import { appsPath } from './own-paths.ts';
import { inWordsMinute } from './words.ts';

/** The key, this once, and a line that tries it out. */
export function personalKeyPage({ key, record }: OwnKey, session: Session, provider: Provider): Html {
  const base = provider.site.baseUrl.replace(/\/$/, '');
  const curl = `curl -H 'User-Api-Key: ${key}' '${base}/user-api-key/current.json'`;
  return layout(
    'Your new key',
    html`<h1>Your key for <bdi>${record.applicationName}</bdi></h1>
      <p class="note">It is shown only now. Copy it to where you need it, and give it to nobody.</p>
      <label for="key">Key</label>
      <textarea id="key" rows="2" readonly spellcheck="false" autocomplete="off">${key}</textarea>
      <div class="buttons"><button type="button" class="primary" data-copy="key" aria-label="Copy the key" hidden>Copy</button></div>
      <p class="fine" role="status" data-copied></p>
      <label for="curl" class="after">Try it out</label>
      <textarea id="curl" rows="4" readonly spellcheck="false" autocomplete="off">${curl}</textarea>
      <div class="buttons"><button type="button" data-copy="curl" aria-label="Copy the line" hidden>Copy</button></div>
      <p class="after">
        It is good until ${record.expiresAt === null ? 'you revoke it' : inWordsMinute(record.expiresAt)}. You find it
        among <a href="${appsPath(session, provider)}">your apps</a>, and can revoke it there.
      </p>
      <script src="${provider.basePath}/user-api-key/assets/copy.js" defer></script>`,
    provider,
  );
}
