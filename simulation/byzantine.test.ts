import { simulate } from "./settings.stage.ts";

simulate("byzantine", 1, 80);
