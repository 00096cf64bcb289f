import { AS_OPTION, defineCommand, JSON_OPTION } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { readChoice } from '../read-choice.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'find out why a site, an app or a request does not work',
  usage: '[site] [--redirect URL] [--origin URL] [--request "GET /path"] [--through-proxy] [--as NAME]',
  completes: 'site',
  options: {
    redirect: {
      type: 'string',
      value: 'URL',
      about: 'check whether keys may be sent to this redirect, such as myapp://callback',
    },
    origin: {
      type: 'string',
      value: 'URL',
      about: 'check whether pages of this origin may use the site, such as https://app.example',
    },
    request: {
      type: 'string',
      value: 'REQUEST',
      about: 'check why this request is rejected, such as "GET /latest.json"; only GET and HEAD are sent',
    },
    'through-proxy': {
      type: 'boolean',
      about: 'check the proxies in front of a site, with your key and the --request path',
    },
    as: AS_OPTION,
    json: JSON_OPTION,
  },
  details: `Checks whether the site can be reached and issues keys, and whether a bot check or HTTP password protection blocks requests. These
checks need no key. If you have a key, the command also checks what the key may do and how many requests are left. Each
finding names the site setting or the step that fixes the problem. Exit code: 0 without problems, 3 if the site cannot
be reached, otherwise 1.

Examples
  valetkey doctor forum.example
  valetkey doctor forum.example --redirect https://app.example/callback
  valetkey doctor forum.example --origin https://app.example
  valetkey doctor forum.example --request "GET /notifications.json"
  valetkey doctor wiki.example --through-proxy --request "GET /api/notes"`,
  async run({ operands, values, signal }) {
    const { site: asked } = readChoice(operands, values.as);
    const isThroughProxy = values['through-proxy'] === true;
    if (isThroughProxy && !/^get /i.test(values.request ?? ''))
      throw new CliError(EXIT.usage, 'Add a path that your key may read: --request "GET /path"');
    const { runDoctor } = await import('../doctor/run-doctor.ts');
    await runDoctor(
      {
        asked,
        redirect: values.redirect,
        origin: values.origin === undefined ? undefined : readOrigin(values.origin),
        request: values.request === undefined ? null : readRequest(values.request),
        isThroughProxy,
        name: values.as,
      },
      values.json,
      signal,
    );
  },
});

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new CliError(EXIT.usage, 'Write --origin like this: https://app.example');
}

function readRequest(text: string): { readonly method: string; readonly path: string } {
  const [, method, path] = /^([A-Za-z]{3,7}) +(\/\S*)$/.exec(text) ?? [];
  if (method !== undefined && path !== undefined) return { method: method.toUpperCase(), path };
  throw new CliError(EXIT.usage, 'Write it like: --request "GET /latest.json"');
}
