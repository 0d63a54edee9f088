import { Button, Group, NumberInput, Radio, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { nodesOf } from "../../graphql-client.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { formatInstant } from "../../ui/format.ts";
import { expiry, type TtlChoice, toDays, ttlChoice, ttlSeconds } from "./ttl-rules.ts";
import { useVersionChange } from "./use-version-changes.ts";
import type { Membership } from "./version.queries.ts";

const firstDays = 30;

/** How long a version lives, and the date that follows from it. */
export function TtlDialog({ membership, onClose }: { membership: Membership; onClose: () => void }): ReactNode {
	const { t, i18n } = useTranslation();
	const change = useVersionChange(membership);
	const { artifact } = membership;
	const [choice, setChoice] = useState<TtlChoice>(ttlChoice(artifact));
	const own =
		artifact.ttlIsInherited || artifact.ttlDurationSeconds <= 0 ? firstDays : toDays(artifact.ttlDurationSeconds);
	const [days, setDays] = useState<number | string>(own);
	const team = artifact.artifactSequence.project?.entity.artifactTTLDurationSeconds ?? null;
	const isFit = choice !== "custom" || (typeof days === "number" && days > 0);
	const seconds = choice === "inherit" ? team : ttlSeconds(choice, Number(days));
	const end = isFit ? expiry(artifact.createdAt, seconds) : undefined;
	const save = (event: FormEvent) => {
		event.preventDefault();
		if (!isFit) return;
		onClose();
		change({ ttl: ttlSeconds(choice, Number(days)) });
	};
	const isLinked = nodesOf(artifact.artifactMemberships).length > 1;
	const inherited = team === null ? t("versionTtl.inheritNone") : t("versionTtl.inheritDays", { count: toDays(team) });
	return (
		<Dialog onClose={onClose} title={t("versionTtl.edit")}>
			<form onSubmit={save}>
				<Stack gap="sm">
					<Radio.Group
						value={choice}
						onChange={(value) => setChoice(readChoice(value))}
						aria-label={t("versionTtl.edit")}
					>
						<Stack gap="xs">
							<Radio value="inherit" label={t("versionTtl.inherit")} description={inherited} data-autofocus />
							<Radio value="custom" label={t("versionTtl.custom")} />
							{choice === "custom" ? (
								<NumberInput
									ml={28}
									w={140}
									size="xs"
									min={0.01}
									max={24_000}
									value={days}
									onChange={setDays}
									label={t("versionTtl.days")}
								/>
							) : null}
							<Radio value="off" label={t("versionTtl.off")} description={t("versionTtl.offHint")} />
						</Stack>
					</Radio.Group>
					{isLinked && ttlChoice(artifact) === "off" ? <p className="quiet">{t("versionTtl.offByLink")}</p> : null}
					<p role="status" className="quiet">
						{end === undefined
							? t("versionTtl.staysForEver")
							: t("versionTtl.goesOn", { date: formatInstant(end, i18n.language) })}
					</p>
					<Group justify="flex-end" gap="xs">
						<Button variant="default" onClick={onClose}>
							{t("ui.cancel")}
						</Button>
						<Button type="submit" disabled={!isFit}>
							{t("ui.save")}
						</Button>
					</Group>
				</Stack>
			</form>
		</Dialog>
	);
}

function readChoice(value: string): TtlChoice {
	return value === "custom" || value === "off" ? value : "inherit";
}
