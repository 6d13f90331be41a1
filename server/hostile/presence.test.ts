import { presenceCases } from "./presence.stage.ts";
import { testCases } from "./endure.stage.ts";

testCases(presenceCases);
