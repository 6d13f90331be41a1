import { makeId, type Chance } from "../../shared/base/ids.ts";
import type { People, Person } from "../storage/storage.ts";
import { hashSecret, makeToken } from "./secrets.ts";

/** People known by a name and a secret: who has the token is the person. The token itself is kept nowhere. */
export class Guests {
  readonly #people: People;
  readonly #chance: Chance;
  readonly #nowMs: () => number;

  constructor(people: People, chance: Chance, nowMs: () => number) {
    this.#people = people;
    this.#chance = chance;
    this.#nowMs = nowMs;
  }

  /** A new person, even where another has the same name. */
  async signIn(name: string): Promise<{ person: Person; token: string }> {
    const person: Person = { id: makeId(this.#chance), name, at: this.#nowMs() };
    const token = makeToken(this.#chance);
    await this.#people.add(person, hashSecret(token));
    return { person, token };
  }

  /** Whose token this is, or null. */
  async byToken(token: string): Promise<Person | null> {
    return this.#people.byToken(hashSecret(token));
  }
}
