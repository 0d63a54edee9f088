import { Autocomplete, Button, Fieldset, Select, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask, nodesOf } from "../../graphql-client.ts";
import { SideDrawer } from "../../ui/Dialog.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { showToast } from "../../ui/toasts.ts";
import { useChange } from "../../ui/use-change.ts";
import { AddCollectionTagsDocument, CreateCollectionDocument } from "./collection.graphql.gen.ts";
import { LinkVersionDocument } from "./linked-versions.graphql.gen.ts";
import { type RegistryHead, registryKeys } from "./registry.queries.ts";
import { printSelectionPath, registryNameOf } from "./registry-paths.ts";
import { typeFor } from "./use-link-code.ts";
import { nothingPicked, type Picked, VersionPicker } from "./VersionPicker.tsx";

type Props = { org: string; registry: RegistryHead; onClose: () => void };
type Draft = { name: string; type: string; description: string; tags: string[]; picked: Picked };

function useCreate({ org, registry, onClose }: Props) {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const place = { entityName: registry.entityName, projectName: registry.name };
	const create = async ({ name, type, description, tags, picked }: Draft) => {
		const { createArtifactPortfolio: made } = await ask(CreateCollectionDocument, {
			input: { ...place, name: name.trim(), artifactTypeName: type.trim(), description: description.trim() || null },
		});
		const collection = made?.artifactCollection?.name ?? name.trim();
		// From here on there is a collection: what fails now is said, and does not undo it.
		try {
			if (tags.length > 0) {
				const input = { ...place, artifactCollectionName: collection, tags: tags.map((tagName) => ({ tagName })) };
				await ask(AddCollectionTagsDocument, { input });
			}
			if (picked.version !== null) {
				const input = { ...place, artifactID: picked.version.id, artifactPortfolioName: collection };
				await ask(LinkVersionDocument, { input });
			}
		} catch (error) {
			showToast({ text: faultText(error, t) ?? "", tone: "failed" });
		}
		return collection;
	};
	return useChange(create, {
		stale: [registryKeys.collections, registryKeys.head, registryKeys.all],
		inForm: true,
		done: (collection) => ({ text: t("registry.collectionCreated", { name: collection }) }),
		onDone: (collection) => {
			const path = { entity: registry.entityName, project: registry.name, collection };
			onClose();
			void navigate({
				to: "/orgs/$org/registry/$registry",
				params: { org, registry: registryNameOf(registry.name) },
				search: { selectionPath: printSelectionPath(path) },
			});
		},
	});
}

type TypeProps = { registry: RegistryHead; value: string; onType: (type: string) => void; error: string | undefined };

/** One of the accepted types; any, where the registry takes all. */
function TypeField({ registry, value, onType, error }: TypeProps): ReactNode {
	const { t } = useTranslation();
	const label = t("artifact.type");
	if (!registry.allowAllArtifactTypesInRegistry) {
		const choose = (type: string | null) => onType(type ?? "");
		const data = registry.acceptedArtifactTypes;
		return <Select label={label} required allowDeselect={false} {...{ data, value, error }} onChange={choose} />;
	}
	const known = nodesOf(registry.artifactTypes).map(({ name }) => name);
	const data = [...new Set([...known, "model", "dataset"])];
	return <Autocomplete label={label} required maxLength={128} {...{ data, value, error }} onChange={onType} />;
}

function Words({ draft, set }: { draft: Draft; set: (patch: Partial<Draft>) => void }): ReactNode {
	const { t } = useTranslation();
	return (
		<>
			<Textarea
				label={t("registry.form.description")}
				description={t("registry.form.markdown")}
				autosize
				minRows={2}
				maxRows={10}
				value={draft.description}
				onChange={({ currentTarget }) => set({ description: currentTarget.value })}
			/>
			<TagsInput
				label={t("ui.tags")}
				description={t("registry.form.tagsHint")}
				value={draft.tags}
				onChange={(tags) => set({ tags })}
				acceptValueOnBlur
			/>
		</>
	);
}

/** The form of a collection, with its first version if there is one to link. */
export function CreateCollection(props: Props): ReactNode {
	const { org, registry, onClose } = props;
	const { t } = useTranslation();
	const [draft, setDraft] = useState<Draft>({
		name: "",
		type: typeFor(registry),
		description: "",
		tags: [],
		picked: nothingPicked,
	});
	const create = useCreate(props);
	const set = (patch: Partial<Draft>) => {
		create.reset();
		setDraft({ ...draft, ...patch });
	};
	const refusal = faultText(create.error, t);
	const ofType = refusal !== undefined && /does not take|of type|name of a type/i.test(refusal);
	const ready = draft.name.trim() !== "" && draft.type.trim() !== "";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (ready && !create.isPending) create.mutate(draft);
	};
	return (
		<SideDrawer onClose={onClose} title={t("registry.form.createCollection")}>
			<form onSubmit={submit}>
				<Stack gap="md">
					<TextInput
						label={t("ui.name")}
						required
						data-autofocus
						maxLength={128}
						autoComplete="off"
						value={draft.name}
						onChange={({ currentTarget }) => set({ name: currentTarget.value })}
						error={ofType ? undefined : refusal}
					/>
					<TypeField
						registry={registry}
						value={draft.type}
						onType={(type) => set({ type, picked: nothingPicked })}
						error={ofType ? refusal : undefined}
					/>
					<Words draft={draft} set={set} />
					<Fieldset legend={t("registry.form.linkVersion")}>
						<Stack gap="sm">
							<VersionPicker
								org={org}
								type={draft.type.trim()}
								picked={draft.picked}
								onPicked={(picked) => set({ picked })}
							/>
						</Stack>
					</Fieldset>
					<div className="form-foot">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" loading={create.isPending} disabled={!ready}>
							{t("registry.form.createCollection")}
						</Button>
					</div>
				</Stack>
			</form>
		</SideDrawer>
	);
}
