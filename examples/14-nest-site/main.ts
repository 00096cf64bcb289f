import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import session from 'express-session';
import { KeyGuard, KeyRefusedFilter } from './key-route.js';
import { PhotosController } from './photos.controller.js';
import { addSignIn } from './sign-in.js';
import { keys } from './valetkey.js';

@Module({
  controllers: [PhotosController],
  providers: [
    { provide: APP_GUARD, useClass: KeyGuard },
    { provide: APP_FILTER, useClass: KeyRefusedFilter },
  ],
})
class AppModule {}

const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: ['error', 'warn'] });
app.use(
  session({
    secret: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto' },
  }),
);
// The body parsers of Nest stay on.
app.use(keys.endpoints);
addSignIn(app.getHttpAdapter().getInstance());

const { PORT = '3000' } = process.env;
await app.listen(Number(PORT), '127.0.0.1');
console.log(`Serving http://127.0.0.1:${PORT}`);
