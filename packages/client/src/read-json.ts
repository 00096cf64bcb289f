/** A refusal is never longer. */
const MAX_REFUSAL_BYTES = 65_536;
/** Discourse's answer about the person of a busy forum is hundreds of KiB. */
const MAX_ANSWER_BYTES = 2_097_152;

/** The beginning of a body: a hostile site may send without end. */
async function readText(response: Response): Promise<string> {
  const maxBytes = response.ok ? MAX_ANSWER_BYTES : MAX_REFUSAL_BYTES;
  const reader = response.body?.getReader?.();
  // React Native has no streams: it has read the whole before this begins.
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

/** The JSON in a body; null if it is something else. Reads 2 MiB of an answer at the most, 64 KiB of a refusal. */
export async function readJson(response: Response): Promise<unknown> {
  const text = await readText(response);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The members of a JSON object; none of anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A text that is not empty, else null. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
