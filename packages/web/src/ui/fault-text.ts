import { KeifuError } from "@keifu/sdk";
import type { TFunction } from "i18next";

/** What to say of a failure: the server's own words, or that it could not be reached. Nothing where nothing failed. */
export function faultText(error: unknown, t: TFunction): string | undefined {
	if (error === null || error === undefined) return undefined;
	return error instanceof KeifuError ? error.message : t("failure.network");
}
