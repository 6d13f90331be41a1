import { sizeCases } from "./sizes.stage.ts";
import { testCases } from "./endure.stage.ts";

testCases(sizeCases);
