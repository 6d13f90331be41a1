import { crowdCases } from "./crowds.stage.ts";
import { testCases } from "./endure.stage.ts";

testCases(crowdCases);
