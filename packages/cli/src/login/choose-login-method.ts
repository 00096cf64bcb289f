/** How a person can be asked: in a browser here, by hand, or in a browser on any other device. */
export type LoginMethod = 'browser' | 'paste' | 'device';

/** What the person wished for, what the site can do, and where the command runs. */
export interface LoginEnvironment {
  readonly requested: LoginMethod | null;
  readonly hasDeviceFlow: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isContainer: boolean;
}

/** The person's wish; else a code for another device where the site has that and there is no browser at hand. */
export function chooseLoginMethod({ requested, hasDeviceFlow, ...machine }: LoginEnvironment): LoginMethod {
  if (requested !== null) return requested;
  return hasDeviceFlow && !hasBrowser(machine) ? 'device' : 'browser';
}

type Machine = Pick<LoginEnvironment, 'env' | 'platform' | 'isContainer'>;

/** Whether a browser that opens from here would be in front of the person. */
function hasBrowser({ env, platform, isContainer }: Machine): boolean {
  // Whoever names one has one.
  if (env.BROWSER) return true;
  if (env.SSH_CONNECTION || env.SSH_TTY || env.CI || isContainer) return false;
  const hasScreen = env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME;
  return ['darwin', 'win32'].includes(platform) || Boolean(hasScreen);
}
