import { simulate } from "./settings.stage.ts";

simulate("storm", 61, 60);
