import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { QueryKey } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { useChange } from "../../ui/use-change.ts";
import { isKeyLifetime, type KeyLifetime, keyExpiry, keyLifetimes } from "./key-expiry.ts";
import { apiKeysQuery, generateApiKey } from "./settings.queries.ts";
import "../../ui/setting.css";

type Props = {
	onMade?: (key: string) => void;
	/** A service account whose keys these are. */
	username?: string;
	stale?: QueryKey;
	/** Shows, below the key, the lines that use it. */
	withLines?: boolean;
};

function lifetimeKey(lifetime: KeyLifetime) {
	if (lifetime === "never") return "keys.never";
	return lifetime === "date" ? "keys.onDate" : "keys.days";
}

/** Makes an API key and shows it this once; `onMade` hears it too. */
export function NewApiKey({ onMade, username, stale, withLines }: Props): ReactNode {
	const { t } = useTranslation();
	const [description, setDescription] = useState("");
	const [scope, setScope] = useState("full");
	const [lifetime, setLifetime] = useState<KeyLifetime>("never");
	const [date, setDate] = useState("");
	const create = useChange(generateApiKey, {
		stale: [stale ?? apiKeysQuery.queryKey],
		inForm: true,
		onDone: (key) => {
			setDescription("");
			onMade?.(key);
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const expiresAt = keyExpiry(lifetime, date, Date.now());
		create.mutate({ description, username: username ?? null, scope, expiresAt });
	};
	const lifetimes = keyLifetimes.map((value) => ({ value, label: t(lifetimeKey(value), { count: Number(value) }) }));
	return (
		<div className="section">
			<form className="field-row" onSubmit={submit}>
				<TextInput
					size="xs"
					label={t("keys.description")}
					placeholder={t("keys.descriptionHint")}
					maxLength={500}
					autoComplete="off"
					value={description}
					onChange={({ currentTarget }) => setDescription(currentTarget.value)}
				/>
				<NativeSelect
					size="xs"
					label={t("keys.scope")}
					data={[
						{ value: "full", label: t("keys.full") },
						{ value: "read", label: t("keys.read") },
					]}
					value={scope}
					onChange={({ currentTarget }) => setScope(currentTarget.value)}
				/>
				<NativeSelect
					size="xs"
					label={t("keys.expires")}
					data={lifetimes}
					value={lifetime}
					onChange={({ currentTarget: { value } }) => isKeyLifetime(value) && setLifetime(value)}
				/>
				{lifetime === "date" ? (
					<TextInput
						size="xs"
						type="date"
						label={t("keys.lastDay")}
						required
						withAsterisk={false}
						value={date}
						onChange={({ currentTarget }) => setDate(currentTarget.value)}
					/>
				) : null}
				<Button type="submit" size="xs" loading={create.isPending}>
					{t("keys.create")}
				</Button>
			</form>
			{create.isError ? (
				<p className="notice bad" role="alert">
					{faultText(create.error, t)}
				</p>
			) : null}
			{create.data ? <ShownKey apiKey={create.data} withLines={withLines ?? false} /> : null}
		</div>
	);
}

/** A key that is whole this once, with the lines that use it. */
export function ShownKey({ apiKey, withLines }: { apiKey: string; withLines: boolean }): ReactNode {
	const { t } = useTranslation();
	const { origin } = window.location;
	return (
		<div className="notice" role="status">
			<p>{t("keys.once")}</p>
			<CodeBlock code={apiKey} label={t("keys.key")} />
			{withLines ? (
				<>
					<p className="quiet">{t("keys.lines")}</p>
					<CodeBlock
						code={`export WANDB_BASE_URL=${origin}\nexport WANDB_API_KEY=${apiKey}`}
						label={t("authorize.setVariables")}
					/>
				</>
			) : null}
		</div>
	);
}
