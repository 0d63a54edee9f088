import type { Ctx } from "../context.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError } from "../errors.ts";
import { type RunAddress, requireRun } from "./require-run.ts";
import type { AlertLevel } from "./run-alert-reader.ts";
import { insertAlert, lockLastAlert } from "./run-alert-store.ts";
import { storableText } from "./run-rules.ts";

const longestTitle = 1000;
const longestText = 100_000;

export type NotifyRunAlertInput = RunAddress & {
	readonly title: string;
	readonly text: string;
	readonly level?: AlertLevel | null | undefined;
	/** Within this time after an alert of the same title, another one is not wanted. */
	readonly waitMilliseconds?: number | null | undefined;
};

/** Keeps an alert; answers false where the one before it with the same title is too recent for another. */
export async function notifyRunAlert(ctx: Ctx, input: NotifyRunAlertInput): Promise<boolean> {
	const title = checked(input.title, "title", longestTitle);
	const text = checked(input.text, "text", longestText);
	const wait = input.waitMilliseconds ?? 0;
	const { run } = await requireRun(ctx, input, "project.write");
	return await inTransaction(ctx, async (tx) => {
		const at = ctx.clock();
		const last = await lockLastAlert(tx.db, { runId: run.id, title });
		if (last === undefined) throw new DomainError("NOT_FOUND", `The run ${JSON.stringify(run.name)} was just deleted.`);
		if (last.at !== null && at.getTime() - last.at.getTime() < wait) return false;
		await insertAlert(tx.db, run.id, { id: ctx.ids.uuid(), title, text, level: input.level ?? "INFO", at });
		return true;
	});
}

function checked(text: string, what: string, longest: number): string {
	if (text.length > longest) {
		const refusal = `The ${what} of an alert has ${text.length} characters, at most ${longest} are allowed: shorten it.`;
		throw new DomainError("INVALID_INPUT", refusal);
	}
	return storableText(text);
}
