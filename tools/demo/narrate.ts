/** Prints the headline of a step. */
export function printStep(title: string): void {
  console.log(`\n${title}`);
}

/** Prints an explanation, wrapped to eighty columns. */
export function narrate(text: string): void {
  console.log(text.replace(/(.{1,76})(?: |$)/g, '   $1\n').trimEnd());
}

/** Truncates a long text: only its kind matters here. */
export function shorten(text: string, length = 45): string {
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;
}

/** Awaits the response, prints its status, and fails the demo if another one is expected. */
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
