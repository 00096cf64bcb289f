import { ValetkeyError } from '@valetkey/protocol';
import type { ChangeFeed } from '../ports/change-feed.ts';
import type { SettingsRegistry } from '../settings/settings.ts';
import type { Verifier } from './verifier.ts';

/** Whether what this node has in memory is current: keys, users and settings. */
export interface Freshness {
  isCurrent(): boolean;
  /**
   * Loads the changes that this node may have missed.
   *
   * @throws ValetkeyError `store_unavailable` if that is not possible now
   */
  catchUp(): Promise<void>;
}

interface FreshnessParts {
  readonly changeFeed: Pick<ChangeFeed, 'isCurrent' | 'catchUp'>;
  readonly settings: Pick<SettingsRegistry, 'reload'>;
  /** Called if settings that another node changed cannot be loaded. */
  readonly report: (job: 'settings', error: unknown) => void;
}

export function createFreshness({ changeFeed, settings, report }: FreshnessParts): Freshness & {
  /** Loads the settings. Until they are loaded, this node is not current. Never rejects. */
  reloadSettings(): Promise<void>;
} {
  let changes = 0;
  let loadedChanges = 0;
  let loading: Promise<void> | null = null;
  const isFeedCurrent = () => changeFeed.isCurrent?.() ?? true;

  async function loadSettings(): Promise<void> {
    while (loadedChanges < changes) {
      const loaded = changes;
      try {
        await settings.reload();
      } catch (error) {
        report('settings', error);
        // The next request tries again. An invalid value stays invalid: the earlier settings apply.
        if (error instanceof ValetkeyError) return;
      }
      loadedChanges = loaded;
    }
  }

  /** All who ask meanwhile share the load. */
  function loadShared(): Promise<void> {
    loading ??= loadSettings().finally(() => {
      loading = null;
    });
    return loading;
  }

  return {
    isCurrent: () => loadedChanges === changes && isFeedCurrent(),
    async catchUp() {
      if (!isFeedCurrent()) await changeFeed.catchUp?.();
      if (loadedChanges < changes) await loadShared();
      if (loadedChanges < changes) throw new ValetkeyError('store_unavailable');
    },
    reloadSettings() {
      changes += 1;
      return loadShared();
    },
  };
}

/** Returns a verifier that catches up before it decides, if this node is not current. */
export function verifyWhenCurrent(verifier: Verifier, { isCurrent, catchUp }: Freshness): Verifier {
  return {
    verify(request) {
      if (isCurrent()) return verifier.verify(request);
      return catchUp().then(
        () => verifier.verify(request),
        (error: unknown) => {
          if (!(error instanceof ValetkeyError)) throw error;
          return { allowed: false, code: error.code, details: error.details };
        },
      );
    },
    useActiveKey(...use) {
      return isCurrent()
        ? verifier.useActiveKey(...use)
        : catchUp().then(() => verifier.useActiveKey(...use));
    },
    loadKeyState(credential) {
      return isCurrent()
        ? verifier.loadKeyState(credential)
        : catchUp().then(() => verifier.loadKeyState(credential));
    },
  };
}
