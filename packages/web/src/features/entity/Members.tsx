import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { Section } from "../../ui/Section.tsx";
import type { Member } from "./entity.queries.ts";

const shownAtFirst = 12;

function MemberName({ member: { username, name } }: { member: Member }): ReactNode {
	if (username === null) return <span>{name}</span>;
	return (
		<Link to="/$entity" params={{ entity: username }} className="link">
			{username}
		</Link>
	);
}

/** Who belongs to a team, and as what. */
export function Members({ members }: { members: Member[] }): ReactNode {
	const { t } = useTranslation();
	const [all, setAll] = useState(false);
	const shown = all ? members : members.slice(0, shownAtFirst);
	return (
		<Section title={t("entity.members")} count={members.length}>
			<ul className="link-list members">
				{shown.map((member) => (
					<li key={member.id}>
						<Icon name={member.accountType === "SERVICE" ? "bot" : "user"} />
						<MemberName member={member} />
						<span className="quiet">{member.pending ? t("entity.pending") : member.role}</span>
					</li>
				))}
			</ul>
			{shown.length < members.length ? (
				<div>
					<Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
						{t("teamPage.allMembers", { count: members.length })}
					</Button>
				</div>
			) : null}
		</Section>
	);
}
