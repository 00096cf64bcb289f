import type { AppBlock } from '../../core/blocks/app-block.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { isActive } from '../../core/key/key-state.ts';
import type { AppBlockStore, AppsOfReceiver } from '../../ports/app-block-store.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import type { MemoryAudit } from './memory-audit.ts';

/** The blocked apps in memory. No method awaits, so each is atomic. */
export function createMemoryAppBlocks(
  listKeys: () => readonly KeyRecord[],
  listGrants: () => readonly OauthGrant[],
  { appendAudit }: Pick<MemoryAudit, 'appendAudit'>,
): AppBlockStore {
  const blocks = new Map<string, AppBlock>();
  const nameOf = ({ kind, value }: Pick<AppBlock, 'kind' | 'value'>) => `${kind}:${value}`;

  return {
    listAppBlocks: async () => [...blocks.values()].sort(isNewerFirst),
    async saveAppBlock(block, audit) {
      appendAudit(audit, [block]);
      blocks.set(nameOf(block), block);
    },
    async deleteAppBlock(block, audit) {
      const found = blocks.get(nameOf(block));
      if (!found) return null;
      appendAudit(audit, [found]);
      blocks.delete(nameOf(block));
      return found;
    },
    async listAppsByReceiver(now) {
      const keys = listKeys().filter((key) => key.kind === 'app' && isActive(key, now));
      const grants = listGrants()
        .filter((grant) => isActive(grant, now))
        .map(({ clientName, authRedirect }) => ({
          applicationName: clientName,
          authRedirect,
          pushUrl: null,
        }));
      const groups = new Map<string, AppsOfReceiver>();
      for (const { applicationName, authRedirect, pushUrl } of [...keys, ...grants]) {
        const name = JSON.stringify([applicationName, authRedirect, pushUrl]);
        const activeKeys = (groups.get(name)?.activeKeys ?? 0) + 1;
        groups.set(name, { applicationName, authRedirect, pushUrl, activeKeys });
      }
      return [...groups.values()].sort((one, other) => other.activeKeys - one.activeKeys);
    },
  };
}

const isNewerFirst = (one: AppBlock, other: AppBlock): number =>
  other.createdAt - one.createdAt || (one.value < other.value ? -1 : 1);
