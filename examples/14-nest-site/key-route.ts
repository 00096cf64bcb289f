import {
  type ArgumentsHost,
  type CanActivate,
  Catch,
  createParamDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import type { SiteUser } from '@valetkey/server';
import { KeyRefused } from '@valetkey/server/express';
import type { Request, Response } from 'express';
import { findUser } from './accounts.js';
import { keys } from './valetkey.js';

const ROUTE = 'valetkey:route';

/** Declares the name that scopes use for a handler. A handler without it is not reached. */
export const KeyRoute = (name: string) => SetMetadata(ROUTE, name);

/** Verifies the key of each request, for the route of its handler. */
export class KeyGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name: unknown = Reflect.getMetadata(ROUTE, context.getHandler());
    if (typeof name !== 'string') throw new Error(`${context.getHandler().name} has no @KeyRoute.`);
    await keys.authorize(context.switchToHttp().getRequest<Request>(), name);
    return true;
  }
}

/** Responds to a request whose key the guard has refused. */
@Catch(KeyRefused)
export class KeyRefusedFilter implements ExceptionFilter {
  catch(error: KeyRefused, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    keys.refusals(error, http.getRequest<Request>(), http.getResponse<Response>(), (failed) => {
      throw failed;
    });
  }
}

/** The user of the key; without a key, that of the session. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): SiteUser => {
  const { principal, session } = context.switchToHttp().getRequest<Request>();
  const user = principal.kind === 'anonymous' ? findUser(session.userId) : principal.user;
  if (!user) throw new UnauthorizedException('Sign in, or send a key.');
  return user;
});
