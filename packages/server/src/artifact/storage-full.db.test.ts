import { expect, test } from "vitest";
import { loadConfig } from "../config.ts";
import { beginVersion, commitVersion, openWorkplace, stageVersion } from "../testing/artifact-factories.ts";

// The blob store of the tests itself has no limit: what is uploaded here came while there was room.
const { at } = await openWorkplace({
	config: loadConfig({ KEIFU_CHOSEN_API_KEYS: "true", KEIFU_MIN_FREE_BYTES: "4000TiB" }),
});

test("without room no version is committed, and the version stays as it was", async () => {
	const version = await stageVersion({ by: at.ann, project: at.project });
	await expect(commitVersion(at.ann, version)).rejects.toMatchObject({
		code: "STORAGE_FULL",
		message: expect.stringContaining("KEIFU_MIN_FREE_BYTES"),
	});
	expect(await beginVersion({ by: at.ann, project: at.project })).toMatchObject({ state: "PENDING" });
});
