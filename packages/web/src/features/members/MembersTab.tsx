import { Button, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { Section } from "../../ui/Section.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { InviteTable } from "./InviteTable.tsx";
import { MemberTable } from "./MemberTable.tsx";
import { matches } from "./matches.ts";
import { type Place, peopleQuery } from "./members.queries.ts";

type Props = {
	place: Place;
	/** Names of the teams of an organisation, to invite into. */
	teams?: string[];
	/** What is searched for; part of the address. */
	query: string;
	onQuery: (query: string) => void;
};

/** Who belongs to a team or organisation, and who is invited. */
export function MembersTab({ place, teams, query, onQuery }: Props): ReactNode {
	const { t } = useTranslation();
	const [inviting, setInviting] = useState(false);
	const { members, invites } = useSuspenseQuery(peopleQuery(place.entity)).data;
	const open = invites.filter(({ state }) => state === "PENDING");
	const shown = members.filter(({ username, name, email }) => matches(query, [username, name, email]));
	return (
		<>
			<Section title={t("members.title")} count={members.length}>
				<div className="filter-row">
					<TextInput
						size="xs"
						type="search"
						aria-label={t("members.search")}
						placeholder={t("members.search")}
						value={query}
						onChange={({ currentTarget }) => onQuery(currentTarget.value)}
					/>
					{place.mayAdminister ? (
						<div className="end">
							<Button size="xs" leftSection={<Icon name="plus" />} onClick={() => setInviting(true)}>
								{t("invites.invite")}
							</Button>
						</div>
					) : null}
				</div>
				{shown.length > 0 ? (
					<MemberTable place={place} members={shown} />
				) : (
					<p className="quiet">{t("members.noneFound", { query })}</p>
				)}
			</Section>
			{open.length > 0 ? (
				<Section title={t("invites.open")} count={open.length}>
					<InviteTable place={place} invites={open} />
				</Section>
			) : null}
			{inviting ? (
				<InviteDialog place={place} {...(teams ? { teams } : {})} onClose={() => setInviting(false)} />
			) : null}
		</>
	);
}
