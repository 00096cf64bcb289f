import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { EXIT, Failure } from '../exit-codes.ts';

/** One site in a profile of `@discourse/mcp` (its README, "Profiles"), which takes no other fields than its own. */
interface AuthPair {
  readonly site: string;
  readonly user_api_key?: string;
  readonly user_api_client_id?: string;
}

interface Profile {
  readonly auth_pairs?: readonly AuthPair[];
}

/** @throws Failure 5 if there is something at `path` that is no profile: it is not overwritten */
export function checkProfile(path: string): void {
  readProfile(path);
}

/** Adds the key to the profile at `path`, in place of an earlier one of its site; all else in it stays. For its owner alone. */
export function writeProfile(
  path: string,
  { site, key, clientId }: { readonly site: string; readonly key: string; readonly clientId: string },
): void {
  const profile = readProfile(path);
  const others = (profile.auth_pairs ?? []).filter((pair) => pair.site !== site);
  const pair: AuthPair = { site, user_api_key: key, user_api_client_id: clientId };
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify({ ...profile, auth_pairs: [...others, pair] }, null, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  renameSync(draft, path);
}

function readProfile(path: string): Profile {
  try {
    const profile = JSON.parse(readFileSync(path, 'utf8'));
    const isObject = typeof profile === 'object' && profile !== null && !Array.isArray(profile);
    if (isObject && Array.isArray(profile.auth_pairs ?? [])) return profile;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
  }
  throw new Failure(
    EXIT.unusable,
    `${path} is not a profile of @discourse/mcp, so it is left as it is. Name another file.`,
  );
}
