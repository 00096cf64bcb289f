import { html } from 'hono/html';
import type { User } from '../data/users.ts';
import type { Html } from './layout.ts';

/** A sign-in form, and why the previous attempt failed. */
interface LoginForm {
  readonly returnTo: string;
  readonly csrfToken: string;
  /** The username that an app expects, or that was entered. */
  readonly username: string;
  readonly problem: string | null;
}

export function loginPage({ returnTo, csrfToken, username, problem }: LoginForm): Html {
  return html`<div class="narrow">
    <h1>Sign in</h1>
    ${problem ? html`<p class="error" role="alert">${problem}</p>` : ''}
    <form method="post" action="/login">
      <input type="hidden" name="authenticity_token" value="${csrfToken}" />
      <input type="hidden" name="return_to" value="${returnTo}" />
      <label for="login">Username</label>
      <input type="text" id="login" name="login" value="${username}" required autocomplete="username" autocapitalize="none" spellcheck="false" />
      <label for="password">Password</label>
      <input type="password" id="password" name="password" required autocomplete="current-password" />
      <button type="submit">Sign in</button>
    </form>
  </div>`;
}

/** Asks before it signs in, because link previews and mail scanners fetch links. */
export function oneTimePasswordForm(username: string, token: string, csrfToken: string): Html {
  return html`<div class="narrow">
    <h1>Sign in as ${username}?</h1>
    <p>An app created this link for you. It works once.</p>
    <form method="post" action="/session/otp/${encodeURIComponent(token)}">
      <input type="hidden" name="authenticity_token" value="${csrfToken}" />
      <button type="submit">Sign in as ${username}</button>
    </form>
  </div>`;
}

/**
 * @param isSelf whether the reader is this user, who gets a link to their keys
 * @param csrfToken null for a request with a key, which does not get the user's address
 */
export function userPage(user: User, isSelf: boolean, csrfToken: string | null): Html {
  const since = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    user.createdAt,
  );
  return html`<h1>${user.username}</h1>
    <p>${user.name}</p>
    <p class="soft">Joined ${since} · trust level ${user.trustLevel}</p>
    ${isSelf ? html`<p><a href="/u/${encodeURIComponent(user.username)}/preferences/apps">Your apps</a></p>` : ''}
    ${isSelf && csrfToken !== null ? emailForm(user, csrfToken) : ''}`;
}

function emailForm({ username, email }: User, csrfToken: string): Html {
  return html`<form method="post" action="/u/${encodeURIComponent(username)}/preferences/email" class="narrow">
    <input type="hidden" name="authenticity_token" value="${csrfToken}" />
    <label for="email">Mail address for notices about your keys (optional)</label>
    <input type="email" id="email" name="email" value="${email ?? ''}" maxlength="254" autocomplete="email" />
    <button type="submit">Save</button>
  </form>`;
}

/** Returns an SVG of the first letter on a coloured background, the only avatar of this forum. */
export function letterAvatar(username: string, size: number): string {
  const hue = [...username].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  const letter = String(html`${[...username.toUpperCase()][0] ?? '?'}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 35% 42%)"/><text x="20" y="20" dy=".36em" text-anchor="middle" font-family="sans-serif" font-size="20" fill="#fff">${letter}</text></svg>`;
}
