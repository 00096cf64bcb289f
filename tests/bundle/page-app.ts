// What the browser tests load into a page, bundled: the client as an app of somebody else has it.
import { createConnection } from '@valetkey/client';
import { finishLogin, startLogin } from '@valetkey/client/browser';

/** What a test reaches by `window.app`. */
export const app = { createConnection, finishLogin, startLogin };

Object.assign(globalThis, { app });
