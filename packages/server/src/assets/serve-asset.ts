import type { Endpoint } from '../endpoints/endpoint.ts';
import { copyScript } from './copy-script.ts';
import { stylesheet } from './stylesheet.ts';

const serve =
  (text: string, type: string): Endpoint =>
  async () =>
    new Response(text, {
      headers: {
        'Content-Type': `${type}; charset=utf-8`,
        'Cache-Control': 'public, max-age=3600',
        'X-Content-Type-Options': 'nosniff',
      },
    });

export const serveStylesheet = serve(stylesheet, 'text/css');
export const serveCopyScript = serve(copyScript, 'text/javascript');
