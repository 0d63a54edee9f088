import type { TFunction } from "i18next";
import type { IconName } from "../../ui/Icon.tsx";
import { iconOfType } from "../../ui/icon-paths.ts";
import type { Card } from "./drawn-graph.ts";

/** The drawing on a card. */
export function iconOfCard(card: Card): IconName {
	if (card.kind === "run" || card.group?.mix.every(({ kind }) => kind === "run")) return "run";
	if (card.kind === "hidden") return "lock";
	if (card.kind === "artifact" || card.type !== "") return iconOfType(card.type);
	return "lineage";
}

/** The line under a card's name. */
export function kindOfCard(card: Card, t: TFunction): string {
	if (card.kind === "hidden") return t("graph.hiddenHint");
	if (card.kind === "run") return card.type ? t("graph.runOf", { type: card.type }) : t("graph.run");
	if (card.kind === "artifact") return card.type;
	const parts = card.group?.mix.map(({ kind, type, count }) => {
		const name = kind === "run" ? t("graph.runOf", { type }) : type;
		return `${count} ${name}`;
	});
	return parts?.slice(0, 3).join(" · ") ?? "";
}

/** What a card is called where it cannot be seen. */
export function labelOfCard(card: Card, t: TFunction): string {
	const name = card.kind === "hidden" ? t("graph.hidden") : `${card.name}${card.suffix}`;
	const deleted = card.node?.isDeleted ? ` (${t("graph.deleted")})` : "";
	const inputs = card.up + card.hiddenUp;
	const outputs = card.down + card.hiddenDown;
	return t("graph.cardLabel", { name: `${name}${deleted}`, kind: kindOfCard(card, t), inputs, outputs });
}
