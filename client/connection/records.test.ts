import { expect, test } from "vitest";
import type { ThreadId } from "../../shared/base/ids.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import { page } from "./fake-world.ts";
import { beginSaved, opening, state } from "./visit.stage.ts";

test("records fold into the survey, each into a new version", async () => {
  const { world, connection, socket } = await beginSaved();
  const before = connection.survey.get();
  socket.says({ say: "records", records: [world.record(opening("t1"))] });
  expect(connection.survey.get().version).toBe(before.version + 1);
  expect(connection.survey.get().role).toBe("editor");
  expect(connection.survey.get().state.threads.has("t1" as ThreadId)).toBe(true);
});

test("records with a gap are not folded; a new socket asks for them again", async () => {
  const { world, connection, socket } = await beginSaved();
  world.record(opening("missing"));
  socket.says({ say: "records", records: [world.record(opening("t2"))] });
  expect(connection.survey.get().state.threads.size).toBe(0);
  expect(state(connection)).toBe("reconnecting");
});

test("an ask is answered once its record stands", async () => {
  const { world, connection, socket } = await beginSaved();
  const answer = connection.ask(opening("t1"));
  const [ask] = socket.heard("ask");
  socket.says({ say: "records", records: [world.record(opening("t1"))] });
  socket.says({ say: "answer", id: ask?.id ?? "", seq: 1 });
  expect(await answer).toBeNull();
});

test("an ask that is refused answers with the refusal", async () => {
  const { connection, socket } = await beginSaved();
  const answer = connection.ask(opening("t1"));
  const [ask] = socket.heard("ask");
  socket.says({ say: "answer", id: ask?.id ?? "", refusal: { code: "not-allowed" } });
  expect(await answer).toEqual({ code: "not-allowed" });
});

test("an ask cut off before its answer is not repeated where its record was told meanwhile", async () => {
  const { world, connection, socket } = await beginSaved();
  const answer = connection.ask(opening("t1"));
  socket.closes();
  connection.tryNow();
  const next = world.letsIn("editor", [world.record(opening("t1"))]);
  expect(await answer).toBeNull();
  expect(next.heard("ask")).toEqual([]);
});

test("an ask cut off before it arrived is asked again with the same id", async () => {
  const { world, connection, socket } = await beginSaved();
  const answer = connection.ask(opening("t1"));
  const [first] = socket.heard("ask");
  socket.closes();
  connection.tryNow();
  const next = world.letsIn();
  expect(next.heard("ask")).toEqual([first]);
  next.says({ say: "records", records: [world.record(opening("t1"))] });
  next.says({ say: "answer", id: first?.id ?? "", refusal: { code: "conflict" } });
  expect(await answer).toBeNull();
});

test("kept words that another tab settled are refused to this one", async () => {
  const { world, connection, socket } = await beginSaved();
  const kept = world.record({ type: "words.kept", page, text: "two words", words: 2, pieces: [] });
  const settle: Ask = { type: "words.settled", kept: kept.seq, as: "put-back" };
  const answer = connection.ask(settle);
  const id = socket.heard("ask")[0]?.id ?? "";
  socket.says({ say: "records", records: [kept, world.record(settle)] });
  socket.says({ say: "answer", id, refusal: { code: "conflict" } });
  expect(await answer).toEqual({ code: "conflict" });
});

test("an ask made while disconnected goes out once the records are told", async () => {
  const { world, connection, socket } = await beginSaved();
  socket.closes();
  void connection.ask(opening("t1"));
  connection.tryNow();
  expect(world.letsIn().heard("ask")).toHaveLength(1);
});

test("an ask is answered with the refusal that ends the connection", async () => {
  const { connection, socket } = await beginSaved();
  const answer = connection.ask(opening("t1"));
  socket.closes(4403);
  expect(await answer).toEqual({ code: "not-allowed" });
  expect(await connection.ask(opening("t2"))).toEqual({ code: "not-allowed" });
});
