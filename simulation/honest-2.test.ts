import { simulate } from "./settings.stage.ts";

simulate("honest", 51, 50);
