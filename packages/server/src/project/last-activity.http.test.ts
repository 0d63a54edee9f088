import { sql } from "kysely";
import { expect, test } from "vitest";
import { logVersion, makeRun } from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

const { app, at } = await startWorkplace();

async function lastActivity(by: MadeUser): Promise<string | null> {
	const query =
		"query ($entity: String, $project: String) { project(name: $project, entityName: $entity) { lastActivityAt } }";
	const variables = { entity: at.team.name, project: at.project.name };
	return (await app.gql(by, query, variables)).data.project?.lastActivityAt ?? null;
}

test("the last activity of a project is a sign of life of its newest run, or the last that happened in it", async () => {
	const { db } = app.services;
	const run = await makeRun(at.ann, at.project, "first");
	await sql`update run set heartbeat_at = '2091-01-01T00:00:00Z' where id = ${run.id}`.execute(db);
	expect(await lastActivity(at.ann)).toMatch(/^2091-01-01/);
	await logVersion({ by: at.ann, project: at.project });
	await sql`update event_outbox set at = '2092-01-01T00:00:00Z'
		where payload->>'projectId' = ${at.project.id} and type = 'artifact.committed'`.execute(db);
	expect(await lastActivity(at.ann)).toMatch(/^2092-01-01/);
	expect(await lastActivity(await makeUser(app.services))).toBeNull();
});
