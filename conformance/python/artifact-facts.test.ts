import { describe, expect, test } from "vitest";
import { createAccount } from "../account.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

const server = useServer();

describe.each(["0.31.0", "0.18.7"])("wandb %s: what else a version is asked for", (version) => {
	test("its links and its source, its names, its run's step, its limits", async () => {
		const account = await createAccount(server);
		const found = await runStep(account, version, "artifact_facts.py", { env: { REGISTRY_ENTITY: account.orgEntity } });
		const isOld = version === "0.18.7";
		const { team, orgEntity } = account;
		const own = { entity: team, project: "zoo", collection: "data" };
		const source = (number: number) => ({
			...{ source_entity: team, source_project: "zoo", source_collection: "data" },
			...{ source_name: `data:v${number}`, source_version: `v${number}` },
			source_qualified_name: `${team}/zoo/data:v${number}`,
		});
		const name = (text: string, number: number) => ({
			...{ ...own, name: text, version: `v${number}`, qualified_name: `${team}/zoo/${text}` },
			...source(number),
		});
		const registry = `${orgEntity}/wandb-registry-dataset`;
		expect(found).toMatchObject({
			...{ overwritten: "other", tags: ["b c", "raw"], "by prefix": ["v1", "v1", "v1"], "link's digest": true },
			first: { ...name("data:v0", 0), distributed_id: null, use_as: null, incremental: false },
			source: name("data:latest", 1),
			link: {
				...{ entity: orgEntity, project: "wandb-registry-dataset", collection: "chosen", name: "chosen:v0" },
				// wire: old clients give the number that the version has at its source.
				...{ version: isOld ? "v1" : "v0", qualified_name: `${registry}/chosen:v0`, ...source(1) },
				aliases: ["latest", "prod"],
			},
			...{ aliased: [["checked", "latest", "prod"], ["latest"]], "still there": "v1", used: ["data:v1"] },
			...{ "other link": isOld ? "v1" : "v0", code: ["code", "scripts:v0", ["script.py"]], "used again": ["v1", "v1"] },
			"large metadata": expect.stringContaining("1048576 (1 MiB) is the most. Put large data into a file"),
			"bad tag": expect.stringContaining("Invalid tag(s)"),
			"bad alias": expect.stringContaining("Aliases must not contain"),
			"wrong type": expect.stringMatching(/type '?model'? specified but this artifact is of type '?dataset'?/),
			"short prefix": expect.stringContaining('"data" has versions up to v1 and the aliases latest'),
			"source cannot be unlinked": expect.stringContaining("is not a linked artifact"),
			unlinked: expect.stringContaining('artifact "chosen:v0" was not found in'),
		});
		if (isOld) return;
		const view = `selectionPath=${encodeURIComponent(`${registry}/chosen`)}&view=membership&version=v0`;
		expect(found).toMatchObject({
			first: { is_link: false, history_step: 1 },
			link: { is_link: true, url: `${account.url}/orgs/${account.org}/registry/dataset?${view}` },
			source: { url: `${account.url}/${team}/zoo/artifacts/dataset/data/v1` },
			links: ["chosen:v0", "other:v0"].map((link) => `${registry}/${link}`),
			...{ "source of link": `${team}/zoo/data:v1`, "linked at": true },
			"many keys": expect.stringContaining("more than 100 metadata keys"),
		});
	});
});
