import { existsSync } from 'node:fs';

/** Returns whether this process runs in Docker, Podman or systemd-nspawn, which mark their containers. */
export const isContainer = (): boolean =>
  Boolean(process.env.container) || ['/.dockerenv', '/run/.containerenv'].some((file) => existsSync(file));
