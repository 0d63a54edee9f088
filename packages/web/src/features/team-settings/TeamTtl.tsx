import { Button, NumberInput, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { useChange } from "../../ui/use-change.ts";
import { type Team, ttlReachQuery, updateTeam } from "./team-settings.queries.ts";
import { daysOf, mostDays, secondsOf } from "./ttl-days.ts";

function useTtlWords(): (seconds: number | null) => string {
	const { t } = useTranslation();
	return (seconds) => (seconds === null ? t("ttl.kept") : t("ttl.days", { count: daysOf(seconds) }));
}

function Review({ team, seconds, onClose }: { team: Team; seconds: number | null; onClose: () => void }): ReactNode {
	const { t } = useTranslation();
	const words = useTtlWords();
	const { data: reach } = useQuery(ttlReachQuery(team.name));
	const present = team.artifactTTLDurationSeconds;
	const save = useChange(updateTeam, {
		stale: [["team-settings"]],
		done: () => ({
			text: t("ttl.saved"),
			undo: () => save.mutate({ team: team.name, ttl: present ?? -2 }),
		}),
		onDone: onClose,
	});
	return (
		<ConfirmDialog
			title={t("ttl.reviewTitle")}
			action={t("ui.save")}
			harmless
			busy={save.isPending}
			onConfirm={() => save.mutate({ team: team.name, ttl: seconds ?? -2 }, { onError: onClose })}
			onClose={onClose}
		>
			<dl className="facts">
				<dt>{t("ttl.now")}</dt>
				<dd>{words(present)}</dd>
				<dt>{t("ttl.then")}</dt>
				<dd>{words(seconds)}</dd>
			</dl>
			{reach === null || reach === undefined ? null : <p>{t("ttl.reach", { count: reach })}</p>}
			<p className="quiet">{t("ttl.ownStay")}</p>
		</ConfirmDialog>
	);
}

function TtlForm({ team }: { team: Team }): ReactNode {
	const { t } = useTranslation();
	const present = team.artifactTTLDurationSeconds;
	const [kind, setKind] = useState(present === null ? "kept" : "days");
	const [days, setDays] = useState<number | string>(present === null ? 90 : daysOf(present));
	const [reviewing, setReviewing] = useState(false);
	const wanted = kind === "kept" ? null : secondsOf(days);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		setReviewing(wanted !== undefined);
	};
	return (
		<form className="field" onSubmit={submit}>
			<Radio.Group aria-label={t("ttl.title")} value={kind} onChange={setKind}>
				<Stack gap={8}>
					<Radio size="xs" value="kept" label={t("ttl.kept")} />
					<Radio size="xs" value="days" label={t("ttl.expire")} />
				</Stack>
			</Radio.Group>
			{kind === "days" ? (
				<NumberInput
					size="xs"
					maw={160}
					label={t("ttl.inDays")}
					min={0.01}
					max={mostDays}
					decimalScale={2}
					value={days}
					onChange={setDays}
					error={wanted === undefined ? t("ttl.noDays", { most: mostDays }) : undefined}
				/>
			) : null}
			{wanted === present ? null : (
				<div className="field-buttons">
					<Button type="submit" size="xs">
						{t("ttl.review")}
					</Button>
				</div>
			)}
			{reviewing && wanted !== undefined ? (
				<Review team={team} seconds={wanted} onClose={() => setReviewing(false)} />
			) : null}
		</form>
	);
}

/** How long versions of a team live that have no TTL of their own. */
export function TeamTtl({ team }: { team: Team }): ReactNode {
	const { t } = useTranslation();
	const words = useTtlWords();
	const mayAdminister = team.capabilities.includes("TEAM_ADMINISTER");
	if (!mayAdminister && !team.capabilities.includes("ENTITY_WRITE")) return null;
	return (
		<Setting title={t("ttl.title")} hint={t("ttl.hint")}>
			{mayAdminister ? (
				<TtlForm key={team.artifactTTLDurationSeconds} team={team} />
			) : (
				<p>{words(team.artifactTTLDurationSeconds)}</p>
			)}
			<p className="under">{t("ttl.who")}</p>
		</Setting>
	);
}
