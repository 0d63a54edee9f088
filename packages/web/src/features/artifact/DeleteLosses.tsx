import { KeifuError } from "@keifu/sdk";
import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import type { VersionPlacesFragment } from "./version.graphql.gen.ts";

/** A version that is to be deleted; its name, where there are several. */
type Going = { artifact: VersionPlacesFragment; name?: string };

type Place = { id: string; aliases: string[]; at: string | undefined };

/** The collections that hold a version, as far as the reader sees them; `at` says which of them is not its own. */
function placesOf({ artifactSequence, artifactMemberships }: VersionPlacesFragment): Place[] {
	return nodesOf(artifactMemberships).map(({ id, aliases, artifactCollection: collection }) => ({
		id,
		aliases: aliases.map(({ alias }) => alias),
		at: collection?.id === artifactSequence.id ? undefined : `${collection?.project?.name}/${collection?.name}`,
	}));
}

/** Whether the server kept a version for its aliases: such as the reader does not see are known by that alone. */
export function isKeptForAliases(error: unknown): boolean {
	return error instanceof KeifuError && error.code === "CONFLICT";
}

/** Whether the aliases may go; asked for: in words, since the button was pressed without. */
export type Consent = "none" | "asked" | "given";

type Losses = {
	going: readonly Going[];
	/** The server kept one of them for aliases. */
	isKept: boolean;
	consent: Consent;
};

/** Whether nothing goes that whoever deletes has not agreed to. */
export function isAgreed({ going, isKept, consent }: Losses): boolean {
	const places = going.flatMap(({ artifact }) => placesOf(artifact));
	return consent === "given" || !(isKept || places.some(({ aliases }) => aliases.length > 0));
}

type Props = Losses & { onConsent: (consent: Consent) => void };

/** What goes with versions: their links, and their aliases wherever they have some, which takes a tick; and what stays. */
export function DeleteLosses({ going, isKept, consent, onConsent }: Props): ReactNode {
	const { t } = useTranslation();
	const places = going.flatMap(({ artifact, name }) => placesOf(artifact).map((place) => ({ ...place, name })));
	const linked = [...new Set(places.flatMap(({ at }) => at ?? []))];
	const named = places.filter(({ aliases }) => aliases.length > 0);
	return (
		<>
			{linked.length > 0 ? (
				<p>{t("versionMenu.deleteLinks", { count: linked.length, places: linked.join(", ") })}</p>
			) : null}
			{named.length > 0 || isKept ? (
				<div className="notice bad">
					{named.length > 0 ? (
						<>
							<p>{t("versionMenu.deleteAliases")}</p>
							<ul>
								{named.map(({ id, aliases, at, name }) => {
									const names = aliases.join(", ");
									const text = at === undefined ? names : t("versionMenu.aliasesIn", { names, place: at });
									return <li key={id}>{name === undefined ? text : `${name}: ${text}`}</li>;
								})}
							</ul>
						</>
					) : (
						<p>{t("versionMenu.deleteUnseenAliases")}</p>
					)}
					<Checkbox
						size="xs"
						label={t("versionMenu.deleteAliasesToo")}
						checked={consent === "given"}
						onChange={({ currentTarget }) => onConsent(currentTarget.checked ? "given" : "none")}
						error={consent === "asked" ? <span role="alert">{t("versionMenu.deleteAliasesAsk")}</span> : undefined}
					/>
				</div>
			) : null}
			<p className="quiet">{t("versionMenu.deleteKeeps")}</p>
		</>
	);
}
