/** How a person can be asked: in a browser here, by hand, or in a browser on any other device. */
export type Way = 'browser' | 'paste' | 'device';

/** What the person wished for, what the site can do, and where the command runs. */
export interface Surroundings {
  readonly wish: Way | null;
  readonly hasDeviceFlow: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isContainer: boolean;
}

/** The person's wish; else a code for another device where the site has that and there is no browser at hand. */
export function decideWay({ wish, hasDeviceFlow, ...machine }: Surroundings): Way {
  if (wish !== null) return wish;
  return hasDeviceFlow && !hasBrowser(machine) ? 'device' : 'browser';
}

type Machine = Pick<Surroundings, 'env' | 'platform' | 'isContainer'>;

/** Whether a browser that opens from here would be in front of the person. */
function hasBrowser({ env, platform, isContainer }: Machine): boolean {
  // Whoever names one has one.
  if (env.BROWSER) return true;
  if (env.SSH_CONNECTION || env.SSH_TTY || env.CI || isContainer) return false;
  const hasScreen = env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME;
  return ['darwin', 'win32'].includes(platform) || Boolean(hasScreen);
}
