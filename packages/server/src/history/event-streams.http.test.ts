import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { system } from "../access/actor.ts";
import { inTransaction } from "../db/transaction.ts";
import { emit } from "../jobs/outbox.ts";
import { addUserToOrganization, removeMemberByName } from "../org/index.ts";
import { linkInto, linkTo, logVersion, makeRun, makeWorkplace, type Workplace } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startTestApp, startWorkplace } from "../testing/test-app.ts";
import { testCtx } from "../testing/test-ctx.ts";

const { app } = await startWorkplace();
let at: Workplace;
/** Of the organisation, but in no team. */
let reader: MadeUser;
let listening: AbortController;

beforeEach(async () => {
	listening = new AbortController();
	at = await makeWorkplace(app.services);
	reader = await makeUser(app.services);
	const { username } = reader.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
});
afterEach(() => listening.abort());

type Message = { id: number; event: string; data: unknown };

/** Messages of an answer as they come; ends with it. */
async function* readMessages(response: Response): AsyncGenerator<Message> {
	let text = "";
	for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
		text += chunk;
		for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
			const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(text.slice(0, end))?.[1] ?? "";
			yield { id: Number(field("id")), event: field("event"), data: JSON.parse(field("data")) };
			text = text.slice(end + 2);
		}
	}
}

async function listen(user: MadeUser, after?: number): Promise<AsyncGenerator<Message>> {
	const address = after === undefined ? "/api/events" : `/api/events?after=${after}`;
	const response = await app.send(user, address, { signal: listening.signal });
	expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
	return readMessages(response);
}

async function nextOf(messages: AsyncGenerator<Message>, event: string): Promise<Message> {
	for (;;) {
		const { value, done } = await messages.next();
		if (done) throw new Error(`the stream ended before ${event}`);
		if (value.event === event) return value;
	}
}

async function untilTold(messages: AsyncGenerator<Message>, wanted: object): Promise<unknown[]> {
	const told: unknown[] = [];
	for (;;) {
		const { data } = await nextOf(messages, "changed");
		told.push(...(Array.isArray(data) ? data : []));
		const isThere = told.some((notice) => JSON.stringify(notice) === JSON.stringify(wanted));
		if (isThere) return told;
	}
}

const notice = (
	type: string,
	place: { entityName: string; name: string },
	collection: string | null,
	run: string | null = null,
) => ({
	type,
	entity: place.entityName,
	project: place.name,
	collection,
	run,
});

describe("the stream of events", () => {
	test("tells a version, its alias and its run to those who may see the project, and nothing to others", async () => {
		const outsider = await makeUser(app.services);
		const [own, foreign] = [await listen(at.ann), await listen(outsider)];
		await Promise.all([nextOf(own, "open"), nextOf(foreign, "open")]);
		const run = await makeRun(at.ann, at.project, "maker");
		await logVersion({ by: at.ann, project: at.project, run, collectionName: "zoo" });
		const open = await makeProject(app.services, {
			by: at.ann,
			entityName: at.team.name,
			name: "open",
			access: "USER_READ",
		});
		const told = await untilTold(own, notice("project.created", open, null));
		expect(told).toContainEqual(notice("run.created", at.project, null, "maker"));
		expect(told).toContainEqual(notice("artifact.committed", at.project, "zoo", "maker"));
		expect(told).toContainEqual(notice("alias.moved", at.project, "zoo"));
		const seen = await untilTold(foreign, notice("project.created", open, null));
		expect(seen).toEqual([notice("project.created", open, null)]);
	});

	test("tells a link at both ends, each to those who may see that end", async () => {
		const version = await logVersion({
			by: at.ann,
			project: at.project,
			collectionName: "zoo",
			typeName: "model",
		});
		const [own, other] = [await listen(at.ann), await listen(reader)];
		await Promise.all([nextOf(own, "open"), nextOf(other, "open")]);
		const entityName = at.org.name;
		await linkInto(at.ann, linkTo(version, { entityName, projectName: "wandb-registry-model" }));
		const registry = notice("collection.linked", { entityName, name: "wandb-registry-model" }, "best");
		const source = notice("collection.linked", at.project, "zoo");
		expect(await untilTold(own, registry)).toContainEqual(source);
		expect(await untilTold(other, registry)).not.toContainEqual(source);
	});

	test("tells the missed to one who says what he knows, and to look again where that is not to be found", async () => {
		const first = await listen(at.ann);
		const { id } = await nextOf(first, "open");
		await first.return(undefined);
		await logVersion({ by: at.ann, project: at.project, collectionName: "missed" });
		const missed = await nextOf(await listen(at.ann, id), "changed");
		expect(missed.data).toContainEqual(notice("artifact.committed", at.project, "missed"));
		await nextOf(await listen(at.ann, 1_000_000_000), "reset");
		expect((await app.send(at.ann, "/api/events?after=x")).status).toBe(400);
	});

	test("tells what becomes visible late: a transaction that began before another and ended after it", async () => {
		const own = await listen(at.ann);
		await nextOf(own, "open");
		const ctx = testCtx(app.services, system);
		const created = (name: string) =>
			({ type: "run.created", runId: ctx.ids.uuid(), projectId: at.project.id, name }) as const;
		await inTransaction(ctx, async (tx) => {
			await emit(tx, created("slow"));
			await emit(ctx, { type: "project.renamed", projectId: at.project.id, from: "a", to: "b" });
			await untilTold(own, notice("project.renamed", at.project, null));
		});
		await untilTold(own, notice("run.created", at.project, null));
	});

	test("ends when its key is taken away, its listener leaves a team, and when the server stops", async () => {
		const [own, other] = [await listen(at.ann), await listen(reader)];
		await Promise.all([nextOf(own, "open"), nextOf(other, "open")]);
		const { username } = reader.user;
		await removeMemberByName(await at.ann.ctx(), { entityName: at.org.name, username });
		await expect(nextOf(other, "never")).rejects.toThrow();

		const { baseUrl, services, close } = await startTestApp();
		const user = await makeUser(services);
		const authorization = `Basic ${btoa(`api:${user.apiKey}`)}`;
		const messages = readMessages(await fetch(`${baseUrl}/api/events`, { headers: { authorization } }));
		await nextOf(messages, "open");
		const [end] = await Promise.all([messages.next(), close()]);
		expect(end.done).toBe(true);
	});

	test("is for known people, and not for too many of their pages", async () => {
		expect((await app.send(null, "/api/events")).status).toBe(401);
		const user = await makeUser(app.services);
		await Promise.all(Array.from({ length: 30 }, () => app.send(user, "/api/events", { signal: listening.signal })));
		expect((await app.send(user, "/api/events")).status).toBe(429);
	});
});
