import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';

const own =
  (page: string) =>
  (session: Session, { basePath }: Pick<Provider, 'basePath'>): string =>
    `${basePath}/u/${encodeURIComponent(session.user.username)}/preferences/${page}`;

/** Where a person looks over their keys. */
export const appsPath = own('apps');

/** Where a person looks over their feeds. */
export const feedsPath = own('feeds');

/** Where a person makes a key for themselves. */
export const newPersonalKeyPath = own('api-keys/new');
