import type { ReactNode } from "react";
import { Icon } from "../../ui/Icon.tsx";
import { iconOfCard } from "./card-words.ts";
import type { Card } from "./drawn-graph.ts";

type Props = { card: Card; hint?: string | undefined; onPick: () => void };

/** A card in a list: pressing it selects it. */
export function NodeButton({ card, hint, onPick }: Props): ReactNode {
	return (
		<button type="button" className="lineage-pick" onClick={onPick} data-kind={card.kind}>
			<Icon name={iconOfCard(card)} size={14} />
			<span>
				{card.name}
				{card.suffix}
			</span>
			{hint ? <em className="lineage-hint">{hint}</em> : null}
		</button>
	);
}
