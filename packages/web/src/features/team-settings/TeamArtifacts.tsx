import { Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Setting } from "../../ui/Setting.tsx";
import { useChange } from "../../ui/use-change.ts";
import { TeamTtl } from "./TeamTtl.tsx";
import { type Team, updateTeam } from "./team-settings.queries.ts";

function Xxhash({ team }: { team: Team }): ReactNode {
	const { t } = useTranslation();
	const present = team.xxhashDigestsEnabled;
	const save = useChange(updateTeam, {
		stale: [["team-settings"]],
		done: (_, { xxhash = false }) => ({
			text: t(xxhash ? "xxhash.turnedOn" : "xxhash.turnedOff"),
			...(xxhash === present ? {} : { undo: () => save.mutate({ team: team.name, xxhash: present }) }),
		}),
	});
	if (!team.capabilities.includes("TEAM_ADMINISTER")) return <p>{t(present ? "xxhash.on" : "xxhash.off")}</p>;
	return (
		<Switch
			label={t("xxhash.allow")}
			checked={save.isPending ? (save.variables.xxhash ?? present) : present}
			onChange={({ currentTarget }) => save.mutate({ team: team.name, xxhash: currentTarget.checked })}
		/>
	);
}

/** What a team says of its artifacts: how long they live, how they are checked, who sees them. */
export function TeamArtifacts({ team }: { team: Team }): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="settings">
			<TeamTtl team={team} />
			<Setting title={t("xxhash.title")} hint={t("xxhash.hint")}>
				<Xxhash team={team} />
			</Setting>
			<Setting title={t("team.access")} hint={t("team.accessHint")}>
				<p>{t("team.accessPrivate")}</p>
			</Setting>
		</div>
	);
}
