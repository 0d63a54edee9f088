import { setTimeout as sleep } from "node:timers/promises";
import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { findProjectsByIds } from "../project/index.ts";
import { findArtifactsByIds, findByClientId, findCollectionsByIds } from "./artifact-reader.ts";

type Named = { kind: "Artifact" | "ArtifactCollection"; id: string };

const clientIdPattern = /^[a-z0-9]{128}$/;
const patience = { looks: 26, millisecondsApart: 200 };

/**
 * What the server calls something that a client named before it was saved; null when unknown or not to be seen.
 * A client saves its drafts side by side and gives a draft up if what it refers to has not begun by then, so that an
 * id of its making is waited for, 5 s at most.
 */
export async function findClientId(ctx: Ctx, clientId: string): Promise<Named | null> {
	const looks = clientIdPattern.test(clientId) ? patience.looks : 1;
	for (let look = 1; ; look++) {
		const named = await findNamed(ctx, clientId);
		if (named !== null || look >= looks || ctx.signal.aborted) return named;
		await sleep(patience.millisecondsApart);
	}
}

async function findNamed(ctx: Ctx, clientId: string): Promise<Named | null> {
	const found = await findByClientId(ctx.db, clientId);
	if (found === undefined) return null;
	const artifact =
		found.artifactId === null
			? undefined
			: (await findArtifactsByIds(ctx.db, [found.artifactId])).get(found.artifactId);
	const [collection] = found.collectionId === null ? [] : await findCollectionsByIds(ctx.db, [found.collectionId]);
	const projectId = artifact?.projectId ?? collection?.projectId;
	const [project] = projectId === undefined ? [] : await findProjectsByIds(ctx.db, [projectId]);
	if (project === undefined || !mayOnProject(ctx.actor, project, "version.see")) return null;
	if (artifact !== undefined) return { kind: "Artifact", id: artifact.id };
	return collection === undefined ? null : { kind: "ArtifactCollection", id: collection.id };
}
