type MaybePromise<T> = T | Promise<T>;

interface Outcome {
  readonly kind: string;
  response?(): Promise<Response>;
}

/** Returns the JSON of a response. Throws if the body is not JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests read the wire's JSON as it comes
export const json = async (response: MaybePromise<Response>): Promise<any> => (await response).json();

/** Returns status and error code of a refusal, such as `403 key_unknown`. Throws if the body has no code. */
export async function refusalOf(response: MaybePromise<Response>): Promise<string> {
  const { status, code, text } = await readRefusal(await response);
  if (typeof code !== 'string') throw new Error(`Expected a refusal with a code, got ${status}: ${text}`);
  return `${status} ${code}`;
}

async function readRefusal(response: Response): Promise<{ status: number; code: unknown; text: string }> {
  const text = await response.text();
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, code: (body as { code?: unknown }).code, text: text.slice(0, 80) };
}

/** Returns the JSON of a refusal. Throws if the request was allowed. */
export async function refusalBodyOf(outcome: MaybePromise<Outcome>): Promise<Record<string, unknown>> {
  const result = await outcome;
  if (!result.response) throw new Error(`Expected a refusal, got: ${result.kind}`);
  return json(result.response());
}
