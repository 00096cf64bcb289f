import type { Endpoint } from '../endpoints/endpoint.ts';
import { adminStylesheet } from './admin-stylesheet.ts';
import { copyScript } from './copy-script.ts';
import { settingsScript } from './settings-script.ts';
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

export const serveStylesheet = serve(stylesheet + adminStylesheet, 'text/css');
export const serveCopyScript = serve(copyScript, 'text/javascript');
export const serveSettingsScript = serve(settingsScript, 'text/javascript');
