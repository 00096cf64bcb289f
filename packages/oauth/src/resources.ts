import { OauthError } from './oauth-error.ts';

/** The resources of a site by their path below the base URL: `/` is the API (PROTOCOL.md#oauth-resources). */
export interface Resources {
  /** The paths of all resources. */
  readonly paths: readonly string[];
  /** Returns the URL of a resource, without a trailing slash. */
  urlOf(path: string): string;
  /**
   * Returns the paths that a request names with `resource` (RFC 8707). Without this parameter, returns all paths.
   * Accepts other spellings of the same URL: the case of scheme and host, the default port, and one trailing slash.
   *
   * @throws OauthError `invalid_target`
   */
  parse(resource: unknown): readonly string[];
}

export function createResources(baseUrl: string, paths: readonly string[]): Resources {
  const base = baseUrl.replace(/\/$/, '');
  const urlOf = (path: string) => base + path.replace(/\/$/, '');
  const pathByUrl = new Map(paths.map((path) => [normalize(urlOf(path)), path]));
  return {
    paths,
    urlOf,
    parse(resource) {
      if (resource === undefined || resource === '') return paths;
      const path = typeof resource === 'string' ? pathByUrl.get(normalize(resource)) : undefined;
      if (path !== undefined) return [path];
      const known = paths.map(urlOf).join(', ');
      throw new OauthError('invalid_target', `This site has no such resource. Its resources are: ${known}`);
    },
  };
}

/** Returns one spelling of a URL; the text itself if it is none. */
function normalize(text: string): string {
  const url = URL.parse(text);
  return url && url.hash === '' ? url.href.replace(/\/$/, '') : text;
}
