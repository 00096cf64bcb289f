import { Body, Controller, Get, Post } from '@nestjs/common';
import type { SiteUser } from '@valetkey/server';
import { CurrentUser, KeyRoute } from './key-route.js';

@Controller('photos')
export class PhotosController {
  readonly #photos = new Map([['1', ['Plums in a bowl']]]);

  @Get()
  @KeyRoute('/photos')
  list(@CurrentUser() user: SiteUser) {
    return { of: user.username, photos: this.#photos.get(user.id) ?? [] };
  }

  @Post()
  @KeyRoute('/photos')
  add(@CurrentUser() user: SiteUser, @Body() body: { title: string }) {
    this.#photos.set(user.id, [...(this.#photos.get(user.id) ?? []), body.title]);
    return this.list(user);
  }
}
