import { AS_OPTION, defineCommand } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';

export const request = defineCommand({
  name: 'request',
  summary: 'send one request with the key',
  usage: '<METHOD> <PATH> [--data TEXT|@FILE|-] [--site SITE] [--as NAME]',
  completes: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'],
  options: {
    data: {
      type: 'string',
      short: 'd',
      value: 'BODY',
      about: 'the body: text, @FILE for a file, - for standard input',
      completes: 'file',
    },
    header: { type: 'string', short: 'H', multiple: true, value: 'NAME: TEXT', about: 'additional header' },
    include: { type: 'boolean', short: 'i', default: false, about: 'print status and headers first' },
    json: {
      type: 'boolean',
      default: false,
      about: 'print one JSON object with status, headers and body',
    },
    site: {
      type: 'string',
      value: 'SITE',
      about: 'the site, if you have keys for several',
      completes: 'site',
    },
    as: AS_OPTION,
  },
  details: `Prints the response body to standard output and errors to standard error. A body that starts like JSON is sent as JSON,
any other as a form; --header 'Content-Type: …' overrides this. The key is sent to its site only, even if a path or a
redirect names another. A user API key needs neither a CSRF token nor Api-Username.

Examples
  valetkey request GET /latest.json
  valetkey request POST /posts.json \\
    --data '{"title": "Hello from a script", "raw": "Twenty letters at least."}'
  valetkey request POST /posts.json --data @post.json
  echo 'topic_id=7&raw=A reply from a pipe' |
    valetkey request POST /posts.json --data -
  valetkey request GET /notifications.json | jq .

If it returns 403: valetkey doctor <site> --request "GET /notifications.json"`,
  async run({ operands, values, signal }) {
    const [method = '', path = '', ...others] = operands;
    if (!/^[A-Za-z]{3,7}$/.test(method) || !path.startsWith('/') || others.length > 0)
      throw new CliError(EXIT.usage, 'Write it like: valetkey request GET /latest.json [--site <site>]');
    const verb = method.toUpperCase();
    if (values.data !== undefined && (verb === 'GET' || verb === 'HEAD'))
      throw new CliError(
        EXIT.usage,
        `A ${verb} takes no --data. Put it into the path, such as "${path}?q=word", or use POST.`,
      );
    const { sendOne } = await import('../use-key/send-one.ts');
    await sendOne({ ...values, method: verb, path }, signal);
  },
});
