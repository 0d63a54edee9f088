import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { Icon } from "../../ui/Icon.tsx";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { registryNameOf, registryTitle, type SelectionPath } from "../registry/registry-paths.ts";
import { AliasHolder } from "./AliasEditor.tsx";
import { versionName } from "./ArtifactLink.tsx";
import { type LinkTarget, linkCollectionQuery } from "./link.queries.ts";
import { useLinkVersion } from "./use-link-version.ts";
import type { Membership } from "./version.queries.ts";

type Choice = { alias: string; isKept: boolean; locked: boolean };

type ChoicesProps = {
	choices: Choice[];
	collection: string | undefined;
	chosen: readonly string[];
	known: readonly string[];
	onChosen: (chosen: string[]) => void;
};

function AliasChoices({ choices, collection, chosen, known, onChosen }: ChoicesProps): ReactNode {
	const { t } = useTranslation();
	if (choices.length === 0) return <p className="quiet">{t("toRegistry.noAliases")}</p>;
	return (
		<Checkbox.Group value={[...chosen]} onChange={onChosen} aria-label={t("artifact.aliases")}>
			<div className="link-choices">
				{choices.map(({ alias, isKept, locked }) => (
					<Checkbox
						key={alias}
						size="xs"
						value={alias}
						disabled={locked}
						label={
							<span className={isKept ? "chip protected" : "chip alias"}>
								{isKept ? <Icon name="lock" size={12} /> : null}
								{alias}
							</span>
						}
						description={
							locked ? (
								t("aliasEdit.locked")
							) : collection && chosen.includes(alias) ? (
								<AliasHolder collection={collection} alias={alias} known={known} here="" />
							) : undefined
						}
					/>
				))}
			</div>
		</Checkbox.Group>
	);
}

function NewAlias({ onAdd }: { onAdd: (alias: string) => void }): ReactNode {
	const { t } = useTranslation();
	const [text, setText] = useState("");
	const add = () => {
		if (text.trim() !== "") onAdd(text.trim());
		setText("");
	};
	return (
		<Group gap="xs" align="end">
			<TextInput
				flex={1}
				label={t("toRegistry.newAlias")}
				value={text}
				onChange={({ currentTarget }) => setText(currentTarget.value)}
				onKeyDown={(event) => {
					if (event.key !== "Enter" || text.trim() === "") return;
					event.preventDefault();
					add();
				}}
				autoComplete="off"
				autoFocus
				data-autofocus
			/>
			<Button variant="default" onClick={add} disabled={text.trim() === ""}>
				{t("toRegistry.addAlias")}
			</Button>
		</Group>
	);
}

type Props = {
	membership: Membership;
	path: SelectionPath;
	target: LinkTarget | undefined;
	isTargetPending: boolean;
	onBack: () => void;
	onDone: () => void;
};

/** The second step: the aliases that the version gets in the collection; then it is linked. */
export function LinkAliases({ membership, path, target, isTargetPending, onBack, onDone }: Props): ReactNode {
	const { t } = useTranslation();
	const { data: collection, isPending } = useQuery(linkCollectionQuery(path));
	const [wanted, setWanted] = useState<string[]>([]);
	const [added, setAdded] = useState<string[]>([]);
	const link = useLinkVersion({ membership, path, target, onDone });
	const kept = target?.protectedAliases ?? [];
	const mayKept = target?.capabilities.includes("ALIAS_CHANGE_PROTECTED") ?? false;
	const isLocked = (alias: string) => kept.includes(alias) && !mayKept;
	const chosen = wanted.filter((alias) => !isLocked(alias));
	const known = nodesOf(collection?.aliases).map(({ alias }) => alias);
	// Every link gets `latest` by itself.
	const offered = [...new Set([...added, ...known, ...kept])].filter((alias) => alias !== "latest");
	const choices = offered.map((alias) => ({ alias, isKept: kept.includes(alias), locked: isLocked(alias) }));
	const there = nodesOf(membership.artifact.artifactMemberships).find(
		({ artifactCollection }) => artifactCollection?.id === collection?.id,
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		link.mutate(chosen);
	};
	const add = (alias: string) => {
		setAdded((before) => [alias, ...before.filter((each) => each !== alias)]);
		setWanted((before) => [...new Set([...before, alias])]);
	};
	const registry = registryTitle(registryNameOf(path.project));
	return (
		<form onSubmit={submit}>
			<Stack gap="md">
				<p className="link-target">
					<Icon name="registry" /> {registry} / <b>{path.collection}</b>
				</p>
				{!isPending && collection === null && target ? <p className="notice">{t("toRegistry.isNew")}</p> : null}
				{there ? (
					<p className="notice">{t("toRegistry.already", { version: versionName(there.versionIndex) })}</p>
				) : null}
				<div className="link-aliases">
					<h3>{t("artifact.aliases")}</h3>
					<p className="quiet">{t("toRegistry.aliasesHint")}</p>
					{/* Which are protected is known last: none may be ticked before. */}
					{isPending || isTargetPending ? (
						<LineSkeleton />
					) : (
						<AliasChoices {...{ choices, chosen, known }} collection={collection?.id} onChosen={setWanted} />
					)}
				</div>
				<NewAlias onAdd={add} />
				{link.error ? (
					<div className="notice bad" role="alert">
						<p>{link.error.message}</p>
					</div>
				) : null}
				<Group justify="space-between" gap="xs">
					<Button variant="default" onClick={onBack}>
						{t("toRegistry.back")}
					</Button>
					<Button type="submit" loading={link.isPending} leftSection={<Icon name="link" />}>
						{t("toRegistry.title")}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}
