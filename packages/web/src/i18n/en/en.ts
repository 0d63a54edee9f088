import artifact from "./artifact.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import members from "./members.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import project from "./project.json" with { type: "json" };
import registry from "./registry.json" with { type: "json" };
import registrySettings from "./registry-settings.json" with { type: "json" };

export const en = { ...common, ...people, ...members, ...project, ...artifact, ...registry, ...registrySettings };

/** The texts of one language. */
export type Dictionary = typeof en;
