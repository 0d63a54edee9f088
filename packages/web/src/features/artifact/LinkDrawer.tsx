import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { SideDrawer } from "../../ui/Dialog.tsx";
import { parseSelectionPath } from "../registry/registry-paths.ts";
import { versionName } from "./ArtifactLink.tsx";
import { LinkAliases } from "./LinkAliases.tsx";
import { LinkTargetForm } from "./LinkTargetForm.tsx";
import { linkTargetsQuery } from "./link.queries.ts";
import "./link.css";
import type { Membership } from "./version.queries.ts";

type Props = {
	membership: Membership;
	/** Empty: choose a collection; its path: choose aliases for it. */
	step: string;
	onStep: (step: string | undefined) => void;
};

/** What belongs to nobody's organisation cannot be linked by anybody; said before anything is chosen. */
function PersonalNotice({ entity }: { entity: string }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="notice bad" role="alert">
			<p>{t("toRegistry.personal", { entity })}</p>
			<p className="quiet">{t("toRegistry.personalWayOut")}</p>
		</div>
	);
}

/** Links a version to a registry in two steps: where to, and under which aliases. */
export function LinkDrawer({ membership, step, onStep }: Props): ReactNode {
	const { t } = useTranslation();
	const { data: targets, isPending } = useQuery(linkTargetsQuery);
	const { artifact } = membership;
	const source = artifact.artifactSequence.project;
	const name = `${artifact.artifactSequence.name}:${versionName(artifact.versionIndex)}`;
	const path = parseSelectionPath(step);
	const target = targets?.find((each) => each.entityName === path?.entity && each.name === path.project);
	const linked = new Map(
		nodesOf(artifact.artifactMemberships).flatMap(({ artifactCollection, versionIndex }) =>
			artifactCollection ? [[artifactCollection.id, versionName(versionIndex)] as const] : [],
		),
	);
	const close = () => onStep(undefined);
	const isPersonal = source?.entity.entityType === "user";
	return (
		<SideDrawer onClose={close} title={t("toRegistry.title")}>
			<p className="link-source">
				<span className="mono">{source ? `${source.entityName}/${source.name}/${name}` : name}</span>
				<span className="chip type">{artifact.artifactType.name}</span>
			</p>
			{isPersonal ? <PersonalNotice entity={source.entityName} /> : null}
			{!isPersonal && path === undefined ? (
				<LinkTargetForm
					type={artifact.artifactType.name}
					targets={targets}
					linked={linked}
					onNext={(chosen) => onStep(chosen)}
					onClose={close}
				/>
			) : null}
			{!isPersonal && path !== undefined ? (
				<LinkAliases
					key={step}
					{...{ membership, path, target }}
					isTargetPending={isPending}
					onBack={() => onStep("")}
					onDone={close}
				/>
			) : null}
		</SideDrawer>
	);
}
