import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { artifactCrumbs } from "./artifact-crumbs.tsx";
import { CollectionCrumb } from "./CollectionCrumb.tsx";
import { VersionView } from "./VersionView.tsx";
import { readTab, type VersionTab } from "./version-tabs.ts";

/** A version in the project that logged it, at one of its tabs. */
export function VersionPage(): ReactNode {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const params = useParams({ strict: false });
	const { entity = "", project = "", type = "", name = "", version = "" } = params;
	const place = { entity, project, type, name };
	const tab = readTab(params.tab);
	const link = (target: string, to: VersionTab) => {
		const at = { ...place, version: target };
		return to === "version"
			? ({ to: "/$entity/$project/artifacts/$type/$name/$version", params: at } as const)
			: ({ to: "/$entity/$project/artifacts/$type/$name/$version/$tab", params: { ...at, tab: to } } as const);
	};
	if (tab === undefined) return <Navigate {...link(version, "version")} replace />;
	return (
		<VersionView
			place={{ entity, project, collection: name, version }}
			tab={tab}
			fullName={(index) => `${entity}/${project}/${name}:${index}`}
			crumbs={[
				...artifactCrumbs({ entity, project, type }, t("nav.artifacts")),
				<CollectionCrumb key="c" {...place} />,
			]}
			collectionLink={{ to: "/$entity/$project/artifacts/$type/$name", params: place }}
			link={link}
			onVersion={(target) => void navigate(link(target, tab))}
		/>
	);
}
