#!/usr/bin/env node

/** The oldest Node that lets a server choose which requests it upgrades. */
const OLDEST = [22, 21] as const;

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

// Before the modules are loaded, because an older Node has no `node:sqlite`.
if (!isNewEnough(process.versions.node)) {
  console.error(
    `valetkey-gateway needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

await import('./run.ts');
