import { adminStylesheet } from '../../ui/assets/admin-stylesheet.ts';
import { copyScript } from '../../ui/assets/copy-script.ts';
import { settingsScript } from '../../ui/assets/settings-script.ts';
import { stylesheet } from '../../ui/assets/stylesheet.ts';
import { timesScript } from '../../ui/assets/times-script.ts';
import type { Endpoint } from './endpoint.ts';

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
export const serveTimesScript = serve(timesScript, 'text/javascript');
export const serveSettingsScript = serve(settingsScript, 'text/javascript');
