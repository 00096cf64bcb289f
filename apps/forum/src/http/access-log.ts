import { type RequestContext, redactUrl } from '@valetkey/server';

type Answer = (request: Request, context: RequestContext) => Promise<Response>;

/**
 * One line for each request: `GET /latest.json 200 3 ms`. Without the query, and of the path nothing that may be a
 * secret (PROTOCOL.md section 10); no header is in it, whoever sent what.
 */
export function withAccessLog(answer: Answer, write: (line: string) => void, now: () => number): Answer {
  return async (request, context) => {
    const started = now();
    const response = await answer(request, context);
    const [path] = redactUrl(new URL(request.url).pathname).split('?', 1);
    write(`${request.method} ${path} ${response.status} ${now() - started} ms`);
    return response;
  };
}
