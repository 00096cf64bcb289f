/**
 * Ends a command on an older Node with a sentence, before anything is loaded that such a Node does not know (`node:sqlite`
 * is the first).
 */
export function needNode24(command: string, version = process.versions.node): void {
  if (Number.parseInt(version, 10) >= 24) return;
  console.error(`${command} needs Node 24 or newer, and this is Node ${version}.`);
  process.exit(1);
}
