import { frameCases } from "./frames.stage.ts";
import { testCases } from "./endure.stage.ts";

testCases(frameCases);
