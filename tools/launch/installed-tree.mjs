import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether `node_modules` contains exactly the packages of `package-lock.json`, whichever command installed them. */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  // npm writes this file last.
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  const { '': _root, ...packages } = wanted;
  return (
    Object.entries(packages).every(([path, entry]) => isSame(entry, installed[path])) &&
    Object.keys(installed).every((path) => path in packages)
  );
}

/** npm leaves out an optional package of another platform. */
function isSame(wanted, installed) {
  if (!installed) return wanted.optional === true;
  // `resolved` of other packages depends on the configured registry.
  const fields = wanted.link ? ['link', 'resolved'] : ['version', 'integrity'];
  return fields.every((field) => wanted[field] === installed[field]);
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
