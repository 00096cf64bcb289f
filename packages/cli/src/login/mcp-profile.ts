import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { CliError, EXIT } from '../exit-codes.ts';

/** A site in a profile of `@discourse/mcp` (its README, "Profiles"), which rejects other fields. */
interface AuthPair {
  readonly site: string;
  readonly user_api_key?: string;
  readonly user_api_client_id?: string;
}

interface Profile {
  readonly auth_pairs?: readonly AuthPair[];
}

/**
 * @throws CliError 5 if there is something at `path` that is no profile, which is not overwritten, or if nothing can
 *   be written there
 */
export function checkProfile(path: string): void {
  readProfile(path);
  rmSync(writeDraft(path, ''));
}

/**
 * Adds the key to the profile at `path` and replaces an earlier key of the same site. Keeps all other content. Mode
 * 0600.
 */
export function writeProfile(
  path: string,
  { site, key, clientId }: { readonly site: string; readonly key: string; readonly clientId: string | null },
): void {
  const profile = readProfile(path);
  const others = (profile.auth_pairs ?? []).filter((pair) => pair.site !== site);
  const pair: AuthPair = {
    site,
    user_api_key: key,
    ...(clientId !== null && { user_api_client_id: clientId }),
  };
  const text = `${JSON.stringify({ ...profile, auth_pairs: [...others, pair] }, null, 2)}\n`;
  renameSync(writeDraft(path, text), path);
}

/** Writes a temporary file beside `path`, mode 0600, and returns its path. */
function writeDraft(path: string, text: string): string {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    return draft;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new CliError(
      EXIT.unusable,
      `${path} cannot be written${reason}. Name a file in a folder that you can write to.`,
    );
  }
}

function readProfile(path: string): Profile {
  try {
    const profile = JSON.parse(readFileSync(path, 'utf8'));
    const isObject = typeof profile === 'object' && profile !== null && !Array.isArray(profile);
    if (isObject && Array.isArray(profile.auth_pairs ?? [])) return profile;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
  }
  throw new CliError(
    EXIT.unusable,
    `${path} is not a profile of @discourse/mcp and was not changed. Name another file.`,
  );
}
