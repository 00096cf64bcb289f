import { html } from 'hono/html';
import type { Provider } from '../../issue/provider.ts';
import type { Html } from '../parts/layout.ts';

/** What somebody is called; of an account that is gone, the number that it had. */
export async function userName(id: string, { site }: Pick<Provider, 'site'>): Promise<Html> {
  const user = await site.findUser(id);
  return user ? html`<bdi>${user.username}</bdi>` : html`somebody who is gone (<bdi>${id}</bdi>)`;
}
