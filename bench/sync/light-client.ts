import { askState, editMessage, nothingNew, type Dialect, type Heard } from "./dialect.ts";
import type { Caret } from "../../shared/protocol/carets.ts";
import type { HouseRoom } from "./contender.ts";
import { LightSocket } from "./light-socket.ts";

export type ClientEars = {
  onEdit: (update: Uint8Array) => void;
  onPresence: (entries: Uint8Array) => void;
  onCarets: (carets: readonly Caret[]) => void;
  /** So many of its edits are kept, as the server says. */
  onSaved: (count: number) => void;
  onClose: (code: number) => void;
};

export const deaf: ClientEars = {
  onEdit: () => {},
  onPresence: () => {},
  onCarets: () => {},
  onSaved: () => {},
  onClose: () => {},
};

/** Somebody's browser, without the browser: joins as y-websocket's provider does, and keeps no document. */
export class LightClient {
  readonly #dialect: Dialect;
  readonly #room: HouseRoom;
  readonly #socket: LightSocket;
  readonly #ears: ClientEars;
  readonly #joined = Promise.withResolvers<void>();
  #saved = 0;
  /** The text as it was on joining; kept only where that was wanted. */
  text: Uint8Array | null = null;
  readonly #keepsText: boolean;

  constructor(room: HouseRoom, client: number, dialect: Dialect, ears: ClientEars = deaf, keepsText = false) {
    this.#dialect = dialect;
    this.#room = room;
    this.#ears = ears;
    this.#keepsText = keepsText;
    this.#joined.promise.catch(() => {});
    this.#socket = new LightSocket(room.seat(client), {
      onOpen: () => this.#greet(),
      onMessage: (payload) => dialect.read(payload, this.#hear),
      onClose: (code) => {
        this.#joined.reject(new Error(`A client of ${room.name} was closed with ${code}`));
        ears.onClose(code);
      },
    });
  }

  /** Resolves when it has the text. */
  get joined(): Promise<void> {
    return this.#joined.promise;
  }

  /** All bytes that the server sent it. */
  get bytes(): number {
    return this.#socket.bytes;
  }

  say(message: Uint8Array): void {
    this.#socket.send(this.#dialect.frame(this.#room.name, message));
  }

  edit(update: Uint8Array): void {
    this.say(editMessage(update));
  }

  leave(): void {
    this.#socket.close();
  }

  #greet(): void {
    for (const message of this.#room.greetings) this.say(message);
    if (!this.#dialect.hasText) return this.#joined.resolve();
    this.say(askState);
  }

  readonly #hear = (heard: Heard): void => {
    switch (heard.is) {
      case "edit":
        return this.#ears.onEdit(heard.update);
      case "presence":
        return this.#ears.onPresence(heard.entries);
      case "carets":
        return this.#ears.onCarets(heard.carets);
      case "asked":
        return this.say(nothingNew);
      case "saved":
        this.#saved = heard.isTotal ? heard.count : this.#saved + heard.count;
        return this.#ears.onSaved(this.#saved);
      case "state":
        if (this.#keepsText) this.text = heard.update.slice();
        return this.#joined.resolve();
      case "other":
    }
  };
}
