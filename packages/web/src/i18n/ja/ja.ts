import type { Dictionary } from "../en/en.ts";
import artifact from "./artifact.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import files from "./files.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import project from "./project.json" with { type: "json" };
import registry from "./registry.json" with { type: "json" };

const texts = { ...common, ...people, ...project, ...artifact, ...files, ...registry };

// A text missing in one language, or left over in it, fails the type check.
export const ja: Dictionary = texts satisfies Dictionary;
