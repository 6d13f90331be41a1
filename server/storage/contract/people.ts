import { expect, test } from "vitest";
import { linkId, personId } from "../../../shared/base/ids.ts";
import type { Storage } from "../storage.ts";
import { ana, ben, rejected, trickyTexts, wheels } from "./words.ts";

export function peopleContract(store: () => Storage): void {
  const benHimself = { id: ben, name: "Ben", at: 5 };
  const link = { id: linkId.parse("link"), survey: wheels, role: "editor" as const, at: 6 };

  test("a person is found by the hash of their token, and a stranger is not", async () => {
    await store().people.add(benHimself, "hash of ben's token");
    expect(await store().people.byToken("hash of ben's token")).toEqual(benHimself);
    expect(await store().people.byToken("another hash")).toBe(null);
  });

  test("names come back exactly", async () => {
    for (const [place, name] of trickyTexts.entries()) {
      const id = personId.parse(`person-${place}`);
      await store().people.add({ id, name, at: 1 }, `hash ${place}`);
      expect((await store().people.byToken(`hash ${place}`))?.name).toBe(name);
    }
  });

  test("a second person with the same id, or with the same token, is rejected and the first stays", async () => {
    await store().people.add(benHimself, "hash");
    await rejected(store().people.add({ ...benHimself, name: "Eve" }, "other hash"));
    await rejected(store().people.add({ id: ana, name: "Eve", at: 1 }, "hash"));
    expect(await store().people.byToken("hash")).toEqual(benHimself);
    expect(await store().people.byToken("other hash")).toBe(null);
  });

  test("a link is found by the hash of its secret alone", async () => {
    await store().links.add(link, "hash of the secret");
    expect(await store().links.bySecret("hash of the secret")).toEqual(link);
    expect(await store().links.bySecret("link")).toBe(null);
  });

  test("a second link with the same id, or with the same secret, is rejected and the first stays", async () => {
    await store().links.add(link, "hash");
    await rejected(store().links.add({ ...link, role: "owner" }, "other hash"));
    await rejected(store().links.add({ ...link, id: linkId.parse("two") }, "hash"));
    expect(await store().links.bySecret("hash")).toEqual(link);
    expect(await store().links.bySecret("other hash")).toBe(null);
  });

  test("what a caller does to a person or link changes neither", async () => {
    await store().people.add(benHimself, "token");
    await store().links.add(link, "secret");
    Object.assign((await store().people.byToken("token")) ?? {}, { name: "Eve" });
    Object.assign((await store().links.bySecret("secret")) ?? {}, { role: "owner" });
    expect(await store().people.byToken("token")).toEqual(benHimself);
    expect(await store().links.bySecret("secret")).toEqual(link);
  });
}
