import { accessCases } from "./access.stage.ts";
import { testCases } from "./endure.stage.ts";

testCases(accessCases);
