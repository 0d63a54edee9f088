import type { Ctx } from "./context.ts";

/**
 * The closed list of points where a higher noun takes part in a lower noun's transaction without being imported by it.
 * Higher nouns register in `app.ts`; the lower use case runs the guards of a point inside its transaction.
 * A guard refuses by throwing a `DomainError`, which undoes the whole transaction.
 */
export type GuardSubjects = {
	/** An organisation and its entity were just made: its core registries belong in the same transaction. */
	"organization.create": { organizationId: string; entityId: string };
	/** Somebody is about to be out of an organisation and all its teams. */
	"organization.member-remove": { organizationId: string; userId: string };
	/** A project or registry is about to get another name. */
	"project.rename": { projectId: string; isRegistry: boolean; from: string; to: string };
	/** A locked project is about to be deleted: what is in it goes in the same transaction, marked with this moment. */
	"project.delete": { projectId: string; at: Date };
	/** No project of that name is there, or none that the actor may know of: who knows what there is instead may say so. */
	"project.missing": { entityName: string | null; projectName: string };
	/** A run is about to be deleted, together with the versions that only it made. */
	"run.delete-with-artifacts": { runId: string; projectId: string };
	/** A version is about to become a member of a collection. */
	"version.link": { projectId: string; collectionId: string; collectionTypeName: string; artifactId: string };
	/**
	 * Aliases are about to be put on, or taken from, a member of a collection of links, or the collection's name or place
	 * is about to change, and so the full names that end in them. Aliases in a sequence are its project's own affair.
	 */
	"alias.move": { projectId: string; collectionId: string; add: readonly string[]; remove: readonly string[] };
};

export type GuardPoint = keyof GuardSubjects;
export type Guard<P extends GuardPoint> = (ctx: Ctx, subject: GuardSubjects[P]) => Promise<void>;
export type Guards = { readonly [P in GuardPoint]: ReadonlyArray<Guard<P>> };

export const noGuards: Guards = {
	"organization.create": [],
	"organization.member-remove": [],
	"project.rename": [],
	"project.delete": [],
	"project.missing": [],
	"run.delete-with-artifacts": [],
	"version.link": [],
	"alias.move": [],
};

/** Runs every guard of a point in order; the first refusal wins. */
export async function runGuards<P extends GuardPoint>(ctx: Ctx, point: P, subject: GuardSubjects[P]): Promise<void> {
	for (const guard of ctx.guards[point]) await guard(ctx, subject);
}
