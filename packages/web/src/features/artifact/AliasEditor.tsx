import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { EditableChips } from "../../ui/EditableChips.tsx";
import { versionName } from "./ArtifactLink.tsx";
import { useAliasChange } from "./use-version-changes.ts";
import { aliasHolderQuery, collectionAliasesQuery, type Membership } from "./version.queries.ts";

type Holding = { collection: string; alias: string; known: readonly string[]; here: string };

/** Says of an alias that is being typed which version would lose it. */
export function AliasHolder({ collection, alias, known, here }: Holding): ReactNode {
	const { t } = useTranslation();
	const isTaken = known.includes(alias);
	const { data } = useQuery({ ...aliasHolderQuery(collection, alias), enabled: isTaken });
	if (!isTaken || !data || data.id === here) return null;
	return t("aliasEdit.movesFrom", { version: versionName(data.versionIndex) });
}

type Props = {
	membership: Membership;
	/** Before the alias goes by which the address names the version. */
	onRemove: (alias: string) => void;
};

/** The aliases of a version where it is shown; moved and taken away in place. */
export function AliasEditor({ membership, onRemove }: Props): ReactNode {
	const { t } = useTranslation();
	const [opened, setOpened] = useState(false);
	const { add, remove } = useAliasChange(membership);
	const collection = membership.artifactCollection;
	const { data: known = [] } = useQuery({ ...collectionAliasesQuery(collection?.id ?? ""), enabled: opened });
	const may = membership.capabilities;
	const kept = new Set(collection?.project?.protectedAliases);
	const mayAll = may.includes("ALIAS_CHANGE_PROTECTED");
	const mayAny = may.includes("ALIAS_CHANGE") && collection !== null;
	const lockOf = (alias: string) =>
		kept.has(alias) ? t(mayAll ? "aliasEdit.protected" : "aliasEdit.locked") : undefined;
	const held = membership.aliases.map(({ alias }) => alias);
	const others = [...new Set([...known, ...kept])].filter((alias) => !held.includes(alias)).sort();
	return (
		<EditableChips
			kind="alias"
			chips={held.map((text) => ({ text, locked: lockOf(text), removable: mayAll || !kept.has(text) }))}
			addLabel={t("aliasEdit.add")}
			removeLabel={(alias) => t("aliasEdit.remove", { alias })}
			suggestions={others.map((text) => ({ text, locked: mayAll ? undefined : lockOf(text) }))}
			onOpen={() => setOpened(true)}
			onAdd={mayAny ? add : undefined}
			onRemove={
				mayAny
					? (alias) => {
							onRemove(alias);
							remove(alias);
						}
					: undefined
			}
			hint={(alias) =>
				collection ? <AliasHolder collection={collection.id} alias={alias} known={known} here={membership.id} /> : null
			}
		/>
	);
}
