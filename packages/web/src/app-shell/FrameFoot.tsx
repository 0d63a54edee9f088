import { useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { signOut } from "../features/login/session.ts";
import { chooseLanguage, languages } from "../i18n/i18n.ts";
import { Icon } from "../ui/Icon.tsx";
import { forgetRecentPages } from "./palette/recent.ts";
import { openOverlay } from "./shell-state.ts";
import type { Viewer } from "./viewer.queries.ts";

const schemes = ["auto", "light", "dark"] as const;
const schemeIcons = { auto: "theme", light: "light", dark: "dark" } as const;

function next<T>(items: readonly T[], current: T): T | undefined {
	return items[(items.indexOf(current) + 1) % items.length];
}

function ThemeButton(): ReactNode {
	const { t } = useTranslation();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const name = t(`theme.${colorScheme}`);
	const change = () => setColorScheme(next(schemes, colorScheme) ?? "auto");
	return (
		<button type="button" className="foot-button" aria-label={name} title={name} onClick={change}>
			<Icon name={schemeIcons[colorScheme]} />
		</button>
	);
}

function LanguageButton(): ReactNode {
	const { i18n } = useTranslation();
	const current = languages.find(({ code }) => code === i18n.language) ?? languages[0];
	const other = next(languages, current) ?? current;
	return (
		<button
			type="button"
			className="foot-button"
			lang={other.code}
			title={other.name}
			aria-label={other.name}
			onClick={() => void chooseLanguage(i18n, other.code)}
		>
			<Icon name="language" />
		</button>
	);
}

function SignOutButton({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const queryClient = useQueryClient();
	const navigate = useNavigate();
	const leave = async () => {
		await signOut();
		forgetRecentPages(viewer.username ?? viewer.name);
		queryClient.clear();
		await navigate({ to: "/login" });
	};
	return (
		<button
			type="button"
			className="foot-button"
			aria-label={t("nav.signOut")}
			title={t("nav.signOut")}
			onClick={() => void leave()}
		>
			<Icon name="signOut" />
		</button>
	);
}

function KeysButton(): ReactNode {
	const { t } = useTranslation();
	return (
		<button
			type="button"
			className="foot-button"
			aria-label={t("shortcuts.title")}
			title={`${t("shortcuts.title")} (?)`}
			onClick={() => openOverlay("shortcuts")}
		>
			<Icon name="keyboard" />
		</button>
	);
}

/** Account, theme and language, at the foot of the sidebar. */
export function FrameFoot({ viewer }: { viewer: Viewer | null }): ReactNode {
	const { t } = useTranslation();
	const { href } = useLocation();
	return (
		<div className="sidebar-foot">
			{viewer ? (
				<Link to="/settings" className="nav-item" title={t("nav.settings")}>
					<span
						aria-hidden="true"
						className="monogram person"
						data-letter={(viewer.username ?? viewer.name).slice(0, 1).toUpperCase()}
					/>
					<span className="nav-text">
						{viewer.username ?? viewer.name}
						<span className="quiet"> · {t("nav.settings")}</span>
					</span>
				</Link>
			) : (
				<Link to="/login" search={{ next: href }} className="nav-item" title={t("nav.signIn")}>
					<Icon name="signIn" />
					<span className="nav-text">{t("nav.signIn")}</span>
				</Link>
			)}
			<div className="foot-buttons">
				<ThemeButton />
				<LanguageButton />
				<KeysButton />
				{viewer ? <SignOutButton viewer={viewer} /> : null}
			</div>
		</div>
	);
}
