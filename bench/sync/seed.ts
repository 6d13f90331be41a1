import type { HouseRoom } from "./contender.ts";
import type { Dialect } from "./dialect.ts";
import { deaf, LightClient } from "./light-client.ts";
import type { Page } from "./page.ts";

/** Rooms that are filled at the same time. */
const atOnce = 10;

/** Puts the page into every room, as somebody does who writes it there; done when the server says that it is kept. */
export async function seedRooms(rooms: readonly HouseRoom[], dialect: Dialect, page: Page): Promise<void> {
  const left = [...rooms];
  const seedOn = async (): Promise<void> => {
    for (let room = left.shift(); room; room = left.shift()) await seed(room, dialect, page);
  };
  await Promise.all(Array.from({ length: atOnce }, seedOn));
}

async function seed(room: HouseRoom, dialect: Dialect, { updates }: Page): Promise<void> {
  const kept = Promise.withResolvers<void>();
  const onSaved = (count: number): void => {
    // The answer to the server's own question is counted, too.
    if (count > updates.length) kept.resolve();
  };
  const onClose = (code: number): void => kept.reject(new Error(`Writing a page was ended with ${code}`));
  const client = new LightClient(room, 0, dialect, { ...deaf, onSaved, onClose });
  await client.joined;
  for (const update of updates) client.edit(update);
  await kept.promise;
  client.leave();
}
