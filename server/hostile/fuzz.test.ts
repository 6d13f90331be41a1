import { testCases } from "./endure.stage.ts";
import { fuzzCase, honestCase } from "./fuzz.stage.ts";

testCases([...[1, 2, 3].map((seed) => honestCase(500, seed)), fuzzCase(10_000, 1)]);
