/** How the user approves: in a browser on this computer, by copy and paste, or in a browser on another device. */
export type LoginMethod = 'browser' | 'paste' | 'device';

/** What the user requested, what the site supports, and where the command runs. */
export interface LoginEnvironment {
  readonly requested: LoginMethod | null;
  readonly hasDeviceFlow: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isContainer: boolean;
}

/**
 * Returns the requested method. By default: `device` if the site supports it and there is no browser, otherwise
 * `browser`.
 */
export function chooseLoginMethod({ requested, hasDeviceFlow, ...machine }: LoginEnvironment): LoginMethod {
  if (requested !== null) return requested;
  return hasDeviceFlow && !hasBrowser(machine) ? 'device' : 'browser';
}

type Machine = Pick<LoginEnvironment, 'env' | 'platform' | 'isContainer'>;

/** Whether the user can see a browser that is opened on this computer. */
function hasBrowser({ env, platform, isContainer }: Machine): boolean {
  // A user who sets BROWSER has one.
  if (env.BROWSER) return true;
  if (env.SSH_CONNECTION || env.SSH_TTY || env.CI || isContainer) return false;
  const hasScreen = env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME;
  return ['darwin', 'win32'].includes(platform) || Boolean(hasScreen);
}
