import { simulate } from "./settings.stage.ts";

simulate("storm", 1, 60);
