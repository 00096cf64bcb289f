/** Maximum size of an error response. */
const MAX_REFUSAL_BYTES = 65_536;
/** Discourse returns hundreds of KiB about the current user of a busy forum. */
const MAX_ANSWER_BYTES = 2_097_152;

/** Reads the beginning of a body: a hostile site may send without end. */
async function readText(response: Response): Promise<string> {
  const maxBytes = response.ok ? MAX_ANSWER_BYTES : MAX_REFUSAL_BYTES;
  const reader = response.body?.getReader?.();
  // React Native has no streams; it has already read the whole body.
  if (!reader) return (await response.text()).slice(0, maxBytes);
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes < maxBytes; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

/** Parses a body as JSON; returns its text if it is not JSON. Reads at most 2 MiB, or 64 KiB of an error response. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Returns the members of a JSON object; an empty object for anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Returns a non-empty string; null for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
