/** Exits with a sentence on an older Node, before a module such as `node:sqlite` fails to load. */
export function needNode24(command: string, version = process.versions.node): void {
  if (Number.parseInt(version, 10) >= 24) return;
  console.error(`${command} needs Node 24 or newer; this is Node ${version}.`);
  process.exit(1);
}
