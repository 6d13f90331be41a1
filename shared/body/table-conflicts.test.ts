import { describe, expect, test } from "vitest";
import { firstPage, Hand, meet } from "./table.stage.ts";

/*
 * Every pair of things that two people can do to one table at the same moment, each before the other is heard of, in
 * both orders of who is first by their number: the table stays a rectangle, the same for both, and each word that
 * nobody deleted stands in it once.
 */

type Deed = {
  run: (hand: Hand, by: string) => void;
  deletes?: readonly string[];
  /** Words that are there again, whoever else deletes them; of two who bring back one word, each brings a copy. */
  restores?: readonly string[];
  types?: boolean;
};

const page = "a b c / d e f / g h i";
const deeds: { readonly [name: string]: Deed } = {
  "inserts a row above": { run: (hand, by) => hand.insert("rows", `r${by}`, 1) },
  "inserts a row below": { run: (hand, by) => hand.insert("rows", `r${by}`, 3) },
  "inserts a column": { run: (hand, by) => hand.insert("columns", `c${by}`, 1) },
  "deletes the row": { run: (hand) => hand.delete("rows", "r1"), deletes: ["d", "e", "f"] },
  "deletes the head row": { run: (hand) => hand.delete("rows", "r0"), deletes: ["a", "b", "c"] },
  "deletes the column": { run: (hand) => hand.delete("columns", "c1"), deletes: ["b", "e", "h"] },
  "moves the row up": { run: (hand) => hand.move("rows", "r1", 0) },
  "moves the row down": { run: (hand) => hand.move("rows", "r1", 2) },
  "moves the column": { run: (hand) => hand.move("columns", "c1", 2) },
  "aligns the column": { run: (hand) => hand.align("c1", "right") },
  "types in the cell": { run: (hand, by) => hand.type("r1", "c1", `-${by}`, 1), types: true },
  "types in another cell": { run: (hand, by) => hand.type("r0", "c0", `-${by}`, 1), types: true },
  "writes a new row": {
    run: (hand, by) => {
      hand.insert("rows", `r${by}`, 2);
      hand.type(`r${by}`, "c1", `-${by}`);
    },
    types: true,
  },
  "writes a new column": {
    run: (hand, by) => {
      hand.insert("columns", `c${by}`, 2);
      hand.type("r1", `c${by}`, `-${by}`);
    },
    types: true,
  },
  "deletes the row and takes it back": {
    run: (hand) => {
      hand.delete("rows", "r1");
      hand.undo();
    },
    restores: ["d", "e", "f"],
  },
  "inserts a row and takes it back": {
    run: (hand, by) => {
      hand.insert("rows", `r${by}`, 1);
      hand.undo();
    },
  },
};

function expectRectangle(hand: Hand): void {
  const { rows, columns } = hand.table;
  for (const row of rows) expect(row.cells).toHaveLength(columns.length);
  expect(new Set(hand.ids("rows")).size).toBe(rows.length);
  expect(new Set(hand.ids("columns")).size).toBe(columns.length);
}

describe.each(Object.keys(deeds))("one %s while another", (one) => {
  test.each(Object.keys(deeds))("%s", (other) => {
    for (const [first, second] of [
      [7, 8],
      [8, 7],
    ] as const) {
      const [ana, ben] = [new Hand(first, firstPage(page)), new Hand(second, firstPage(page))];
      deeds[one]!.run(ana, "x");
      deeds[other]!.run(ben, "y");
      meet(ana, ben);
      expect(ana.table).toEqual(ben.table);
      expectRectangle(ana);
      const all = (what: "deletes" | "restores") => [one, other].flatMap((each) => deeds[each]![what] ?? []);
      const typed = [deeds[one]!.types && "x", deeds[other]!.types && "y"].filter(Boolean);
      const kept = page.match(/\w/g)!.filter((word) => !all("deletes").includes(word));
      const words = ana.words.match(/\w/g)!;
      expect(words).toEqual(expect.arrayContaining([...kept, ...typed]));
      const certain = words.filter((word) => !all("restores").includes(word));
      expect(certain).toHaveLength(new Set(certain).size);
      expect(certain.filter((word) => all("deletes").includes(word))).toEqual([]);
    }
  });
});

describe("what the two become", () => {
  const both = (page: string, one: (hand: Hand) => void, other: (hand: Hand) => void): Hand => {
    const [ana, ben] = [new Hand(7, firstPage(page)), new Hand(8, firstPage(page))];
    one(ana);
    other(ben);
    meet(ana, ben);
    expect(ana.table).toEqual(ben.table);
    return ana;
  };

  test("a deleted row in which somebody typed meanwhile is there, with what they typed", () => {
    const hand = both(
      "a b / c d / e f",
      (ana) => ana.delete("rows", "r1"),
      (ben) => ben.type("r1", "c0", "new"),
    );
    expect(hand.words).toBe("a b / new . / e f");
  });

  test("a word typed where a deleted row and a deleted column cross brings both back", () => {
    const page = firstPage("a b / c d");
    const [ana, ben, cem] = [new Hand(7, page), new Hand(8, page), new Hand(9, page)];
    ana.delete("rows", "r1");
    ben.delete("columns", "c1");
    cem.type("r1", "c1", "new");
    meet(ana, ben, cem);
    expect(ana.words).toBe("a . / . new");
  });

  test("a row and a column that are new at once cross in a cell, and two may write there at once", () => {
    const page = firstPage("a b / c d");
    const [ana, ben] = [new Hand(7, page), new Hand(8, page)];
    ana.insert("rows", "rx", 2);
    ben.insert("columns", "cy", 2);
    meet(ana, ben);
    expect(ana.words).toBe("a b . / c d . / . . .");
    ana.type("rx", "cy", "one");
    ben.type("rx", "cy", "two");
    meet(ana, ben);
    expect(ana.words).toMatch(/ (onetwo|twoone)$/);
    expect(ben.words).toBe(ana.words);
    ana.type("rx", "cy", "-", 3);
    meet(ana, ben);
    expect(ben.words).toMatch(/ (one-two|two-one)$/);
    ana.erase("rx", "cy", 2, 3);
    expect(ana.words).toMatch(/ (onwo|twne)$/);
  });

  test("a row that somebody took back while another typed in it stays", () => {
    const page = firstPage("a b");
    const [ana, ben] = [new Hand(7, page), new Hand(8, page)];
    ana.insert("rows", "rx", 1);
    meet(ana, ben);
    ben.type("rx", "c0", "new");
    ana.undo();
    expect(ana.words).toBe("a b");
    meet(ana, ben);
    expect(ana.words).toBe("a b / new .");
    expect(ben.words).toBe("a b / new .");
  });

  test("who empties a row that came back for its text keeps the row", () => {
    const hand = both(
      "a b / c d",
      (ana) => ana.delete("rows", "r1"),
      (ben) => ben.type("r1", "c0", "new"),
    );
    hand.erase("r1", "c0", 0, 3);
    expect(hand.words).toBe("a b / . .");
  });

  test("a deleted row comes back with all its words where deleting is taken back", () => {
    const hand = new Hand(7, firstPage("a b / c d"));
    hand.delete("rows", "r1");
    expect(hand.words).toBe("a b");
    hand.undo();
    expect(hand.words).toBe("a b / c d");
  });

  test("one row moved by two people is one row", () => {
    const hand = both(
      "a / b / c",
      (ana) => ana.move("rows", "r0", 2),
      (ben) => ben.move("rows", "r0", 1),
    );
    expect(hand.words.split(" / ").toSorted()).toEqual(["a", "b", "c"]);
  });

  test("a table of which two people deleted all rows has none, and takes a new one", () => {
    const hand = both(
      "a / b",
      (ana) => ana.delete("rows", "r0"),
      (ben) => ben.delete("rows", "r1"),
    );
    expect(hand.table.rows).toEqual([]);
    hand.insert("rows", "rx", 0);
    hand.type("rx", "c0", "new");
    expect(hand.words).toBe("new");
  });

  test("rows that two people put in one place find room between them for a third", () => {
    const page = firstPage("a / b");
    const [ana, ben] = [new Hand(7, page), new Hand(8, page)];
    ana.insert("rows", "rx", 1);
    ben.insert("rows", "ry", 1);
    meet(ana, ben);
    expect(ana.ids("rows")).toEqual(["r0", "rx", "ry", "r1"]);
    ben.insert("rows", "rz", 2);
    meet(ana, ben);
    expect(ana.ids("rows")).toEqual(["r0", "rx", "rz", "ry", "r1"]);
    ana.undo();
    expect(ana.ids("rows")).toEqual(["r0", "rz", "ry", "r1"]);
  });
});
