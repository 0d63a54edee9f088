import { KeifuError } from "@keifu/sdk";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { MissingError } from "../../app-shell/missing-error.ts";
import { LineSkeleton } from "../../ui/LineSkeleton.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { RegistryVersionLink } from "./RegistryVersionLink.tsx";
import { collectionQuery, placeOf } from "./registry.queries.ts";
import { registryCrumbs } from "./registry-crumbs.tsx";
import type { SelectionPath } from "./registry-paths.ts";

type Props = { place: { org: string; registry: string }; path: SelectionPath; version: string; error: unknown };

function isMissing(error: unknown): boolean {
	return error instanceof MissingError || (error instanceof KeifuError && error.code === "NOT_FOUND");
}

/** For the address of a version that is no more, or never was, in a collection that is: leads there. */
export function MissingVersion({ place, path, version, error }: Props): ReactNode {
	const { t } = useTranslation();
	const { data: collection, isPending } = useQuery({
		...collectionQuery(placeOf(path)),
		enabled: isMissing(error),
		// React draws once more what threw: asking again then would never come to an end.
		retryOnMount: false,
	});
	// Whatever else went wrong is told where every fault is.
	if (!isMissing(error)) throw error;
	if (isPending) return <LineSkeleton />;
	if (collection === undefined) throw error;
	const { name } = collection;
	return (
		<>
			<PageHeader
				isFailure
				title={t("missing.title", { kind: t("missing.kind.version") })}
				crumbs={[
					...registryCrumbs(place.org, place.registry, t("nav.registry")),
					<RegistryVersionLink key="collection" {...place} path={path} text={name} />,
				]}
			/>
			<div className="panel">
				<p>{t("registry.notLinked", { name, version })}</p>
				<p>
					<RegistryVersionLink {...place} path={path} text={t("registry.toCollection", { name })} />
				</p>
			</div>
		</>
	);
}
