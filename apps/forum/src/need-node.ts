/** The oldest Node that `@valetkey/server` supports. */
const OLDEST = [22, 13] as const;

/** Exits with a sentence on an older Node, before a module such as `node:sqlite` fails to load. */
export function needNode(command: string, version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`${command} needs Node ${OLDEST.join('.')} or newer; this is Node ${version}.`);
  process.exit(1);
}
