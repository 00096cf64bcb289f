/** A step's headline. */
export function printStep(title: string): void {
  console.log(`\n${title}`);
}

/** What happens in it, in lines that fit a terminal of eighty columns. */
export function narrate(text: string): void {
  console.log(text.replace(/(.{1,76})(?: |$)/g, '   $1\n').trimEnd());
}

/** Long texts are shown by their beginning: what matters is what they are. */
export function shorten(text: string, length = 45): string {
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;
}

/** Waits for the answer, prints its request's outcome, and fails the demo where the status is another. */
export async function expectStatus(status: number, answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (response.status !== status) {
    const { pathname } = new URL(response.url);
    throw new Error(
      `${pathname} answered ${response.status}, not ${status}: ${shorten(await response.text(), 400)}`,
    );
  }
  return response;
}
