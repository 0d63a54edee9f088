import { Button, Stack, TagsInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../graphql-client.ts";
import { SideDrawer } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { versionName } from "../artifact/ArtifactLink.tsx";
import { LinkVersionDocument } from "./linked-versions.graphql.gen.ts";
import { type CollectionRow, type RegistryHead, registryKeys } from "./registry.queries.ts";
import { registryAddress, registryNameOf } from "./registry-paths.ts";
import { nothingPicked, type Picked, VersionPicker } from "./VersionPicker.tsx";

type Props = {
	org: string;
	registry: RegistryHead;
	collection: CollectionRow & { aliases?: { edges: { node: { alias: string } | null }[] } | null };
	onClose: () => void;
};

/** Names that the server gives by itself. */
const isGiven = (alias: string) => alias === "latest" || /^v\d+$/.test(alias);

type AliasProps = Pick<Props, "registry" | "collection"> & { value: string[]; onValue: (aliases: string[]) => void };

/** Aliases for a new link: those of the collection are offered; protected ones only to whoever may move them. */
function AliasField({ registry, collection, value, onValue }: AliasProps): ReactNode {
	const { t } = useTranslation();
	const mayProtected = collection.capabilities.includes("ALIAS_CHANGE_PROTECTED");
	const guarded = registry.protectedAliases;
	const known = [
		...(collection.aliases?.edges.flatMap(({ node }) => (node === null ? [] : [node.alias])) ?? []),
		...(collection.newestMembership?.aliases.map(({ alias }) => alias) ?? []),
		...guarded,
	];
	const offered = [...new Set(known)].filter((alias) => !isGiven(alias) && (mayProtected || !guarded.includes(alias)));
	const locked = mayProtected ? undefined : value.find((alias) => guarded.includes(alias));
	return (
		<TagsInput
			label={t("artifact.aliases")}
			description={t("registry.link.aliasHint")}
			placeholder={value.length === 0 ? t("registry.link.aliasPlaceholder") : ""}
			data={offered.sort()}
			value={value}
			onChange={onValue}
			error={locked === undefined ? undefined : t("registry.link.aliasLocked", { alias: locked })}
			acceptValueOnBlur
			// Above, so that it never covers the button that ends the form.
			comboboxProps={{ position: "top" }}
		/>
	);
}

/** The panel that links a version into a collection. */
export function LinkVersion({ org, registry, collection, onClose }: Props): ReactNode {
	const { t } = useTranslation();
	const [picked, setPicked] = useState<Picked>(nothingPicked);
	const [aliases, setAliases] = useState<string[]>([]);
	const guarded = collection.capabilities.includes("ALIAS_CHANGE_PROTECTED") ? [] : registry.protectedAliases;
	const place = { entity: registry.entityName, project: registry.name, name: collection.name };
	const link = useChange(
		(artifactID: string) =>
			ask(LinkVersionDocument, {
				input: {
					artifactID,
					artifactPortfolioName: collection.name,
					entityName: registry.entityName,
					projectName: registry.name,
					aliases: aliases.map((alias) => ({ alias, artifactCollectionName: collection.name })),
				},
			}),
		{
			stale: Object.values(registryKeys),
			inForm: true,
			done: ({ linkArtifact }) => {
				const version = versionName(linkArtifact?.versionIndex ?? null);
				const path = { entity: place.entity, project: place.project, collection: place.name };
				const href = registryAddress({ org, registry: registryNameOf(registry.name), path, version });
				const text = t("registry.link.done", { name: `${registry.name}/${collection.name}:${version}` });
				return { text, link: { href, text: t("registry.link.open") } };
			},
			onDone: onClose,
		},
	);
	const ready = picked.version !== null && !aliases.some((alias) => guarded.includes(alias));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (picked.version !== null && ready && !link.isPending) link.mutate(picked.version.id);
	};
	const refusal = faultText(link.error, t);
	return (
		<SideDrawer onClose={onClose} title={t("registry.link.title", { name: collection.name })}>
			<form onSubmit={submit}>
				<Stack gap="md">
					<VersionPicker
						org={org}
						type={collection.defaultArtifactType.name}
						target={place}
						picked={picked}
						onPicked={(next) => {
							link.reset();
							setPicked(next);
						}}
						autoFocus
					/>
					<AliasField registry={registry} collection={collection} value={aliases} onValue={setAliases} />
					{refusal === undefined ? null : (
						<p role="alert" className="refusal">
							{refusal}
						</p>
					)}
					<div className="form-foot">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" loading={link.isPending} disabled={!ready}>
							{t("registry.link.submit")}
						</Button>
					</div>
				</Stack>
			</form>
		</SideDrawer>
	);
}
