import { AS_OPTION, defineCommand, JSON_OPTION } from '../command.ts';
import { EXIT, Failure } from '../exit-codes.ts';
import { readSite } from '../read-site.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'find out why a site, an app or a request does not work, and what mends it',
  usage: '<site> [--redirect URL] [--origin URL] [--request "GET /path"] [--as NAME]',
  completes: 'site',
  options: {
    redirect: {
      type: 'string',
      value: 'URL',
      about: 'may an app have its keys sent there? such as myapp://callback',
    },
    origin: {
      type: 'string',
      value: 'URL',
      about: 'may pages of this origin use the site from a browser? such as https://app.example',
    },
    request: {
      type: 'string',
      value: 'REQUEST',
      about:
        'why is this refused with my key? such as "GET /latest.json"; what changes something is not sent',
    },
    as: AS_OPTION,
    json: JSON_OPTION,
  },
  details: `Looks at the site from outside, without any secret: is it there, does it hand out keys, and does something stand in
front of it? If you have a key, then also what that may do, and how many requests are left. Every finding comes with the
site setting or the step that mends it. Ends with 0 if there is nothing to mend, 3 if the site cannot be reached, else 1.

Examples
  valetkey doctor forum.example
  valetkey doctor forum.example --redirect https://app.example/callback
  valetkey doctor forum.example --origin https://app.example
  valetkey doctor forum.example --request "GET /notifications.json"`,
  async run({ operands, values, signal }) {
    const [site, ...others] = operands;
    if (site === undefined || others.length > 0)
      throw new Failure(EXIT.usage, 'Name one site: valetkey doctor <site>');
    const { runDoctor } = await import('../doctor/run-doctor.ts');
    await runDoctor(
      {
        asked: readSite(site),
        redirect: values.redirect,
        origin: values.origin === undefined ? undefined : readOrigin(values.origin),
        request: values.request === undefined ? null : readRequest(values.request),
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
  throw new Failure(EXIT.usage, 'Write --origin as a browser does: https://app.example');
}

function readRequest(text: string): { readonly method: string; readonly path: string } {
  const [, method, path] = /^([A-Za-z]{3,7}) +(\/\S*)$/.exec(text) ?? [];
  if (method !== undefined && path !== undefined) return { method: method.toUpperCase(), path };
  throw new Failure(EXIT.usage, 'Write it like: --request "GET /latest.json"');
}
