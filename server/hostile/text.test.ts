import { textCases } from "./text.stage.ts";
import { testCases } from "./endure.stage.ts";

testCases(textCases);
