import { describeForwardAuth } from './forward-auth-suite.ts';
import { startNginx } from './start-proxy.ts';

describeForwardAuth('nginx', startNginx);
