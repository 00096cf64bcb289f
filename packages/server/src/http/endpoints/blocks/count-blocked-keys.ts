import type { AppBlock } from '../../../core/blocks/app-block.ts';
import { createBlockList } from '../../../core/blocks/block-list.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { ConfirmBlockView } from '../../../ui/admin/confirm-block-page.ts';

/** Returns how many active keys and OAuth grants a block would stop. Names the apps only for a host. */
export async function countBlockedKeys(
  { kind, value }: Pick<AppBlock, 'kind' | 'value'>,
  { store, now }: Pick<Provider, 'store' | 'now'>,
): Promise<Pick<ConfirmBlockView, 'activeKeys' | 'apps'>> {
  if (kind === 'client_id') {
    const [keys, grants] = await Promise.all([
      store.countActiveKeys([value], now()),
      store.countOauthGrants([value], now()),
    ]);
    return { activeKeys: (keys.get(value) ?? 0) + (grants.get(value) ?? 0), apps: [] };
  }
  const list = createBlockList([{ kind, value, reason: '', createdAt: 0, createdBy: '' }]);
  const blocked = (await store.listAppsByReceiver(now())).filter(
    ({ authRedirect, pushUrl }) => list.find({ clientIds: [], receivers: [authRedirect, pushUrl] }) !== null,
  );
  const byName = Map.groupBy(blocked, ({ applicationName }) => applicationName);
  const apps = [...byName].map(([name, groups]) => ({ name, activeKeys: sum(groups) }));
  return { activeKeys: sum(blocked), apps };
}

const sum = (groups: readonly { readonly activeKeys: number }[]): number =>
  groups.reduce((total, { activeKeys }) => total + activeKeys, 0);
