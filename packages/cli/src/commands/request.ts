import { AS_OPTION, defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit-codes.ts';

export const request = defineCommand({
  name: 'request',
  summary: 'one request with the key',
  usage: '<METHOD> </path> [--data TEXT|@FILE|-] [--site SITE] [--as NAME]',
  completes: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'],
  options: {
    data: {
      type: 'string',
      short: 'd',
      value: 'BODY',
      about: 'the body: a text, @FILE for a file, - for standard input',
      completes: 'file',
    },
    header: { type: 'string', short: 'H', multiple: true, value: 'NAME: TEXT', about: 'one more header' },
    include: { type: 'boolean', short: 'i', default: false, about: 'print status and headers first' },
    json: {
      type: 'boolean',
      default: false,
      about: 'print one JSON object with status, headers and body, for programs',
    },
    site: {
      type: 'string',
      value: 'SITE',
      about: 'which site, where you have keys for several',
      completes: 'site',
    },
    as: AS_OPTION,
  },
  details: `The answer goes to standard output as it came; what is wrong with it goes to standard error. A body that begins like JSON
is sent as JSON, any other as a form; --header 'Content-Type: …' says otherwise. The key goes to its site and nowhere else,
whatever a path or a redirect says. It needs neither a CSRF token nor Api-Username: those belong to other kinds of access.

Examples
  valetkey request GET /latest.json
  valetkey request POST /posts.json \\
    --data '{"title": "Hello from a script", "raw": "Twenty letters at least."}'
  valetkey request POST /posts.json --data @post.json
  echo 'topic_id=7&raw=A reply from a pipe' |
    valetkey request POST /posts.json --data -
  valetkey request GET /notifications.json | jq .

If it answers 403: valetkey doctor <site> --request "GET /notifications.json"`,
  async run({ operands, values, signal }) {
    const [method = '', path = '', ...others] = operands;
    if (!/^[A-Za-z]{3,7}$/.test(method) || !path.startsWith('/') || others.length > 0)
      throw new Failure(EXIT.usage, 'Write it like: valetkey request GET /latest.json');
    const verb = method.toUpperCase();
    if (values.data !== undefined && (verb === 'GET' || verb === 'HEAD'))
      throw new Failure(
        EXIT.usage,
        `A ${verb} takes no --data. Put it into the path, such as "${path}?q=word", or use POST.`,
      );
    const { sendOne } = await import('../use-key/send-one.ts');
    await sendOne({ ...values, method: verb, path }, signal);
  },
});
