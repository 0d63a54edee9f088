import artifact from "./artifact.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import files from "./files.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import project from "./project.json" with { type: "json" };
import registry from "./registry.json" with { type: "json" };

export const en = { ...common, ...people, ...project, ...artifact, ...files, ...registry };

/** The texts of one language. */
export type Dictionary = typeof en;
