import type { TFunction } from "i18next";
import type { IconName } from "../../ui/Icon.tsx";
import { iconOfType } from "../../ui/icon-paths.ts";
import type { Card } from "./drawn-graph.ts";

/** A group of nothing but runs. */
function isOfRuns({ group }: Card): boolean {
	return group?.mix.every(({ kind }) => kind === "run") === true;
}

/** The drawing on a card. */
export function iconOfCard(card: Card): IconName {
	if (card.kind === "run" || isOfRuns(card)) return "run";
	if (card.kind === "hidden") return "lock";
	if (card.kind === "artifact" || card.type !== "") return iconOfType(card.type);
	return "lineage";
}

/** The line under a card's name. */
export function kindOfCard(card: Card, t: TFunction): string {
	if (card.kind === "hidden") return t("graph.hiddenHint");
	if (card.kind === "run") return card.type ? t("graph.runOf", { type: card.type }) : t("graph.run");
	if (card.kind === "artifact") return card.type;
	const parts = card.group?.mix.slice(0, 3).map(({ kind, type, count }) => {
		return kind === "run" ? t("graph.runsOf", { type, count }) : `${count} ${type}`;
	});
	return parts?.join(" · ") ?? "";
}

/** What a card of this kind is called where it cannot be seen. */
export function labelOfCard(card: Card, kind: string, t: TFunction): string {
	const deleted = card.node?.isDeleted ? ` (${t("graph.deleted")})` : "";
	const name = `${card.name}${card.suffix}${deleted}`;
	return t("graph.cardLabel", { name, kind, inputs: card.up, outputs: card.down });
}
