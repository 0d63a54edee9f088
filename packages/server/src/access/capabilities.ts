import type { Actor } from "./actor.ts";
import { type PlaceAction, placeActions } from "./place-rules.ts";
import { mayOnProject, type ProjectSubject } from "./project-role.ts";
import { type ProjectAction, projectActions, projectRule } from "./roles.ts";

type NameOf<A extends string> = A extends `${infer Thing}.${infer Verb}` ? Uppercase<`${Thing}_${Verb}`> : never;

/** An action of the tables as the wire writes it: `version.link` is VERSION_LINK. */
export type CapabilityName = NameOf<ProjectAction | PlaceAction>;

export const capabilityNames: readonly CapabilityName[] = [...projectActions, ...placeActions].map(nameOf);

/** What somebody may do, of the actions given, in the words of the wire. */
export function capabilitiesOf<A extends ProjectAction | PlaceAction>(
	actions: readonly A[],
	may: (action: A) => boolean,
): CapabilityName[] {
	return actions.filter(may).map(nameOf);
}

/** What the actor may do in a project, of all that can be done in one of its kind. */
export function capabilitiesOnProject(actor: Actor, project: ProjectSubject): CapabilityName[] {
	const kind = project.entityKind === "organization" ? "registry" : "project";
	const there = projectActions.filter((action) => {
		const { only, built } = projectRule(action);
		return built !== false && (only === undefined || only === kind);
	});
	return capabilitiesOf(there, (action) => mayOnProject(actor, project, action));
}

function nameOf(action: ProjectAction | PlaceAction): CapabilityName {
	// The type says of each action what this says of its text.
	return action.replace(".", "_").toUpperCase() as CapabilityName;
}
