/** The site's own refusal of a request with a key. */
export class SiteRefusal extends Error {
  override readonly name = 'SiteRefusal';
  readonly status: number;
  /** The catalogue's code; null from sites that send none. */
  readonly code: string | null;
  /** What the site said, sentence by sentence. */
  readonly errors: readonly string[];
  /** What to do next, where the site says so. */
  readonly advice: string | null;
  /** How long to wait before the next request, in seconds; null unless the site names it. */
  readonly waitSeconds: number | null;

  constructor(parts: Pick<SiteRefusal, 'status' | 'code' | 'errors' | 'advice' | 'waitSeconds'>) {
    super([...parts.errors, parts.advice ?? ''].join(' ').trim());
    this.status = parts.status;
    this.code = parts.code;
    this.errors = parts.errors;
    this.advice = parts.advice;
    this.waitSeconds = parts.waitSeconds;
  }
}

/** Reads Discourse's and Valetkey's error bodies, and makes do with what other servers in between answer. */
export function readSiteRefusal(
  status: number,
  headers: { get(name: string): string | null },
  text: string,
): SiteRefusal {
  const body = parse(text);
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const listed = Array.isArray(body) ? body : Array.isArray(fields.errors) ? fields.errors : [fields.error];
  const errors = listed.filter((sentence) => typeof sentence === 'string');
  const wait = Number(headers.get('retry-after') ?? Number.NaN);
  return new SiteRefusal({
    status,
    code: typeof fields.code === 'string' ? fields.code : null,
    errors: errors.length > 0 ? errors : [`The site answered with status ${status}.`],
    advice: typeof fields.advice === 'string' ? fields.advice : null,
    waitSeconds: Number.isFinite(wait) && wait >= 0 ? wait : null,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
