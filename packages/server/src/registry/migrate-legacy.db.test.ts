import { expect, test } from "vitest";
import { linkInto, linkTo, logVersion, openWorkplace } from "../testing/artifact-factories.ts";
import { makeProject, makeTeam } from "../testing/factories.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { migrateLegacy } from "./migrate-legacy.ts";

const { stores, at } = await openWorkplace();

/** As `link_model` does. */
async function register(entityName: string, name: string, typeName = "model") {
	const project = await makeProject(stores.services, { by: at.ann, entityName });
	const version = await logVersion({ by: at.ann, project, typeName, collectionName: name });
	const target = { entityName, projectName: "model-registry", collectionName: name };
	return { version, member: await linkInto(at.ann, linkTo(version, target)), target };
}

test("moves what teams registered, keeps apart what has one name, and says what it leaves and why", async () => {
	const other = await makeTeam(stores.services, { org: at.org, admin: at.ann });
	const mine = at.ann.user.username;
	const tiger = await register(at.team.name, "tiger");
	await register(other.name, "Tiger");
	await register(at.team.name, "table", "dataset");
	await register(mine, "own");
	const migrate = async (team: string | null = null) => await migrateLegacy(testCtx(stores.services), { team });
	const registry = `${at.org.name}/wandb-registry-model`;

	expect(await migrate(at.team.name.toUpperCase())).toEqual([
		{
			from: `${at.team.name}/model-registry/table`,
			to: null,
			reason: 'the registry "model" does not take versions of type "dataset": it accepts "model"',
		},
		{ from: `${at.team.name}/model-registry/tiger`, to: `${registry}/tiger`, reason: null },
	]);
	const rest = await migrate();
	expect(rest.filter(({ to }) => to !== null)).toEqual([
		{ from: `${other.name}/model-registry/Tiger`, to: `${registry}/${other.name}-Tiger`, reason: null },
	]);
	expect(rest.find(({ from }) => from === `${mine}/model-registry/own`)).toMatchObject({
		to: null,
		reason: expect.stringContaining("belongs to no organisation"),
	});
	// A model that is registered once more by the old path is the next version of the one that moved.
	const next = await logVersion({
		...{ by: at.ann, project: at.project, typeName: "model", collectionName: "tiger" },
		files: { "a.txt": "next" },
	});
	expect(await linkInto(at.ann, linkTo(next, tiger.target))).toMatchObject({
		...{ collectionId: tiger.member?.collectionId, versionIndex: 1 },
	});
	expect((await migrate()).every(({ to }) => to === null)).toBe(true);
});
