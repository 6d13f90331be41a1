import { simulate } from "./settings.stage.ts";

simulate("honest", 1, 50);
