import type { Dictionary } from "../en/en.ts";
import artifact from "./artifact.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import graph from "./graph.json" with { type: "json" };
import members from "./members.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import project from "./project.json" with { type: "json" };
import registry from "./registry.json" with { type: "json" };
import registrySettings from "./registry-settings.json" with { type: "json" };
import run from "./run.json" with { type: "json" };
import shell from "./shell.json" with { type: "json" };

const texts = {
	...artifact,
	...common,
	...graph,
	...members,
	...people,
	...project,
	...registry,
	...registrySettings,
	...run,
	...shell,
};

// A text missing in one language, or left over in it, fails the type check.
export const ja: Dictionary = texts satisfies Dictionary;
