// The client as an app bundles it; the browser tests load it into a page.
import { createConnection } from '@valetkey/client';
import { finishLogin, startLogin } from '@valetkey/client/browser';

/** Tests reach it as `window.app`. */
export const app = { createConnection, finishLogin, startLogin };

Object.assign(globalThis, { app });
