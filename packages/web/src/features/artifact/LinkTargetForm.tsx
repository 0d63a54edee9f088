import { Button, Group, Radio, Select, Skeleton, Stack, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { useDebounced } from "../../ui/use-debounced.ts";
import { plainLine } from "../registry/plain-line.ts";
import { printSelectionPath, registryNameOf, registryTitle } from "../registry/registry-paths.ts";
import { type LinkTarget, linkCollectionsQuery, obstacleTo } from "./link.queries.ts";

type Props = {
	type: string;
	targets: LinkTarget[] | undefined;
	/** What the version is called in the collections that hold it already, by their ids. */
	linked: ReadonlyMap<string, string>;
	onNext: (path: string) => void;
	onClose: () => void;
};

function titleOf({ name }: LinkTarget): string {
	return registryTitle(registryNameOf(name));
}

/** What a registry's menu offers, under its organisation where there is more than one. */
function optionsOf(targets: LinkTarget[]) {
	const groups = Map.groupBy(targets, ({ organization }) => organization);
	const option = (target: LinkTarget) => ({ value: target.id, label: titleOf(target) });
	if (groups.size <= 1) return targets.map(option);
	return [...groups].map(([group, items]) => ({ group, items: items.map(option) }));
}

/** The registries that are not offered, each with the reason. */
function NotOffered({ targets, type }: { targets: LinkTarget[]; type: string }): ReactNode {
	const { t } = useTranslation();
	const refused = targets.flatMap((target) => {
		const obstacle = obstacleTo(target, type);
		return obstacle === undefined ? [] : [{ target, obstacle }];
	});
	if (refused.length === 0) return null;
	return (
		<details className="not-offered">
			<summary>{t("toRegistry.notOffered", { count: refused.length })}</summary>
			<ul>
				{refused.map(({ target, obstacle }) => (
					<li key={target.id}>
						<b>{titleOf(target)}</b>{" "}
						{obstacle === "right"
							? t("toRegistry.noRight")
							: t("toRegistry.wrongType", {
									type,
									accepted: target.acceptedArtifactTypes.join(", ") || t("toRegistry.noTypes"),
								})}
					</li>
				))}
			</ul>
		</details>
	);
}

type CollectionsProps = {
	target: LinkTarget;
	type: string;
	linked: Props["linked"];
	search: string;
	chosen: string;
	onChosen: (name: string) => void;
};

/** Says where the version is already: choosing that collection gives it aliases there. */
function Already({ version }: { version: string | undefined }): ReactNode {
	const { t } = useTranslation();
	if (version === undefined) return null;
	return <span className="quiet">{t("toRegistry.linkedAs", { version })}</span>;
}

function CollectionChoices({ target, type, linked, search, chosen, onChosen }: CollectionsProps): ReactNode {
	const { t } = useTranslation();
	const asked = useDebounced(search, 150);
	const collections = useInfiniteQuery(linkCollectionsQuery(target, type, asked));
	const rows = nodesOfPages(collections.data?.pages ?? []);
	const wanted = search.trim();
	const isNew = wanted !== "" && !rows.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
	const mayCreate = isNew && target.capabilities.includes("COLLECTION_CREATE");
	if (collections.isPending) return <Skeleton height={92} />;
	return (
		<Radio.Group value={chosen} onChange={onChosen} label={t("toRegistry.collections", { registry: titleOf(target) })}>
			<div className="link-choices">
				{mayCreate ? <Radio size="xs" value={wanted} label={t("toRegistry.create", { name: wanted })} /> : null}
				{rows.map(({ id, name, description }) => (
					<Radio
						key={id}
						size="xs"
						value={name}
						label={
							<>
								{name} <Already version={linked.get(id)} />
							</>
						}
						description={plainLine(description ?? "")}
					/>
				))}
				{rows.length === 0 && !mayCreate ? (
					<p className="quiet">{t(wanted === "" ? "toRegistry.noCollections" : "artifact.noneFound")}</p>
				) : null}
				{collections.hasNextPage ? (
					<Button variant="subtle" size="compact-xs" onClick={() => void collections.fetchNextPage()}>
						{t("ui.loadMore")}
					</Button>
				) : null}
			</div>
		</Radio.Group>
	);
}

/** The first step: a registry that takes the version, and a collection in it, which may be a new one. */
export function LinkTargetForm({ type, targets, linked, onNext, onClose }: Props): ReactNode {
	const { t } = useTranslation();
	const offered = targets?.filter((target) => obstacleTo(target, type) === undefined) ?? [];
	const [picked, setPicked] = useState<string | null>(null);
	const [search, setSearch] = useState("");
	const [chosen, setChosen] = useState<string>();
	if (targets === undefined) return <Skeleton height={160} />;
	const first = offered.find(({ name }) => registryNameOf(name).toLowerCase() === type) ?? offered[0];
	const target = offered.find(({ id }) => id === picked) ?? first;
	const mayCreate = target?.capabilities.includes("COLLECTION_CREATE") ?? false;
	// What the registry of models holds has been called so since before there were others.
	const isModels = target !== undefined && type === "model" && registryNameOf(target.name).toLowerCase() === "model";
	// Whoever types a name means that one, until another is chosen.
	const collection = chosen ?? (mayCreate ? search.trim() : "");
	const next = (event: FormEvent) => {
		event.preventDefault();
		if (target === undefined || collection === "") return;
		onNext(printSelectionPath({ entity: target.entityName, project: target.name, collection }));
	};
	return (
		<form onSubmit={next}>
			<Stack gap="md">
				{target === undefined ? (
					<p className="notice bad">{t("toRegistry.nowhere", { type })}</p>
				) : (
					<>
						<Select
							label={t("toRegistry.registry")}
							data={optionsOf(offered)}
							value={target.id}
							onChange={(id) => {
								setPicked(id);
								setChosen(undefined);
							}}
							allowDeselect={false}
							searchable={offered.length > 8}
						/>
						<TextInput
							label={t(isModels ? "toRegistry.selectModel" : "toRegistry.selectCollection")}
							description={t(mayCreate ? "toRegistry.searchOrCreate" : "toRegistry.searchOnly")}
							value={search}
							onChange={({ currentTarget }) => {
								setSearch(currentTarget.value);
								setChosen(undefined);
							}}
							// The drawer may be open before there is anything in it to go to.
							autoFocus
							data-autofocus
							autoComplete="off"
						/>
						<CollectionChoices {...{ target, type, linked, search }} chosen={collection} onChosen={setChosen} />
					</>
				)}
				<NotOffered targets={targets} type={type} />
				<Group justify="flex-end" gap="xs">
					<Button variant="default" onClick={onClose}>
						{t("ui.cancel")}
					</Button>
					<Button type="submit" disabled={collection === ""}>
						{t("toRegistry.next")}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}
