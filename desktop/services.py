"""Composition of everything without Qt: each object is built once here and handed on; no singletons, no globals."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from desktop.assistant import Assistant
from desktop.budget import Budget
from desktop.cloud_account import CloudAccount
from desktop.corrections import own_examples
from desktop.credentials import Credentials
from desktop.engines import MAX_DRAFT_TOKENS, EngineHolder
from desktop.events import EngineChoice, RunRequest
from desktop.instant_settings import policy_for
from desktop.kept_examples import KeptExamples
from desktop.learning import Learning
from desktop.ledger import Ledger
from desktop.model_dates import ModelDates
from desktop.model_store import ModelStore, is_offline
from desktop.own_rules import OwnRulesStore
from desktop.own_threshold import chosen_threshold
from desktop.paths import Paths
from desktop.review import Payload
from desktop.settings import SettingsStore
from desktop.taxonomies import TaxonomyStore
from models import router
from models.engines.base import Usage
from models.engines.cloud_models import OfferedModel
from models.engines.pricing import Prices, load_best_prices
from models.offline import refuse_if
from models.pii.finding import Scan
from models.pii.gate import ClearedText, PrivacyGate
from models.pii.incremental import IncrementalAnalyzer
from models.pii.outbound.last_inch import LastInch
from models.pii.personal import OwnRules, PersonalAnalyzer
from models.pii.registry import default_analyzer
from models.pii.threshold import AdjustableTagger
from models.router import Route
from models.skills.loader import Packs, load_packs
from models.skills.skill import SkillName, Task
from models.store.installed import InstalledModel

LATEST_RUNS = 200
"""Runs that say which tasks are used most."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the window and the command line work with. Building it loads no engine."""

    paths: Paths
    settings: SettingsStore
    own_rules: OwnRulesStore
    analyzer: PersonalAnalyzer
    gate: PrivacyGate
    packs: Packs
    engines: EngineHolder
    ledger: Ledger
    prices: Prices
    credentials: Credentials
    assistant: Assistant
    account: CloudAccount
    models: ModelStore
    taxonomies: TaxonomyStore
    learning: Learning
    _notices: list[str] = field(default_factory=list)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks, in the order of the skill list."""
        return self.packs.tasks

    def installed_models(self) -> tuple[InstalledModel, ...]:
        """The models on this machine, read afresh."""
        return self.engines.installed()

    def route(self, skill: SkillName, choice: EngineChoice, scan: Scan) -> Route:
        """Where a run would go now, and why: for the status line. ``scan`` is without the dismissed findings.

        For drafts with cloud drafts on it asks the keyring, which may prompt: call it off the window's thread then.
        """
        return router.decide(skill, choice, scan, self.engines.situation(skill, choice))

    def preview(self, request: RunRequest) -> Payload:
        """The exact payload of a cloud draft, through the same gate, and the most it can cost. Nothing is sent.

        Raises:
            Blocked: something personal stands in it, or the scan could not be finished.
            StrongroomError: it cannot be made (the address in the settings is not usable, say).
        """
        from models.engines.cloud_request import estimate_usage
        from models.engines.token_count import count_tokens

        cleared = self.assistant.clear(request)
        cloud = self.engines.cloud()
        model = self.settings.current.cloud_model
        folder = self.engines.phi_folder()
        counted = count_tokens(folder, cleared.messages) if folder is not None else None
        prompt = estimate_usage(cleared.messages, "").prompt_tokens if counted is None else counted
        most = self.prices.cost(model, Usage(prompt_tokens=prompt, output_tokens=self.engines.draft_tokens))
        # The person's own words first: the instructions are the same every time, and long.
        own = [message.content for message in cleared.messages if message.role == "user"]
        rest = [message.content for message in cleared.messages if message.role != "user"]
        readable = "\n\n".join(("— Your text and wish —", *own, "— The task's own instructions —", *rest))
        return Payload(readable, cloud.payload_preview(cleared), cloud.host, model, most, prompt, counted is not None)

    def take_notices(self) -> tuple[str, ...]:
        """Sentences that the person has not been told yet: settings, packs, prices, ledger. Each is given once."""
        notices = [*self._notices, self.ledger.take_notice()]
        self._notices.clear()
        return tuple(notice for notice in notices if notice)

    def close(self) -> None:
        """Give back memory and processes of the engines. Safe to call twice."""
        self.engines.close()


def favourites(ledger: Ledger, packs: Packs) -> tuple[Task, ...]:
    """The tasks of the latest runs, those used most first."""
    counts = Counter(record.task for record in ledger.recent(LATEST_RUNS))
    known = {task.id: task for task in packs.tasks}
    return tuple(known[name] for name, _ in counts.most_common() if name in known)


def build_services(paths: Paths, credentials: Credentials | None = None, model_folder: Path | None = None) -> Services:
    """Build everything once. ``model_folder`` is used for Phi-4 Mini instead of the one in the settings.

    A broken file of the person's, or of ours, is no reason not to start: it becomes a notice.
    """
    settings = SettingsStore(paths.settings_file)
    credentials = credentials or Credentials()
    own_rules = OwnRulesStore(paths)
    recognizers = default_analyzer(AdjustableTagger(lambda: chosen_threshold(settings.current)))
    # The document at hand is scanned after every edit, where it changed; what leaves is scanned in full.
    analyzer = PersonalAnalyzer(IncrementalAnalyzer(recognizers), own_rules.rules)
    outbound = PersonalAnalyzer(recognizers, own_rules.rules)
    last_inch = LastInch(own_rules.rules)

    def set_rules(rules: OwnRules) -> None:
        analyzer.set_rules(rules)
        outbound.set_rules(rules)
        last_inch.set_rules(rules)

    own_rules.on_change(set_rules)
    gate = PrivacyGate(outbound)
    packs = load_packs(paths.shipped_skills, paths.own_skills)
    notices = [settings.notice, *own_rules.notices, *(problem.message for problem in packs.problems)]
    prices, trouble = load_best_prices(paths.config / "prices.toml", paths.resources / "prices.toml")
    notices.append(trouble)
    budgets = [task.max_output_tokens for task in packs.of_skill("draft")]
    draft_tokens = min(MAX_DRAFT_TOKENS, max(budgets, default=MAX_DRAFT_TOKENS))
    kept = KeptExamples(paths.examples_file, credentials)
    engines = EngineHolder(
        paths, settings, recognizers, credentials, model_folder, draft_tokens, last_inch, kept.taught
    )
    ledger = Ledger(paths.ledger_file)
    budget = Budget(ledger, lambda: float(settings.current.cloud_budget_usd))

    def before_cloud(cleared: ClearedText) -> None:
        from models.engines.cloud_request import estimate_usage

        if engines.cloud_is_this_device():
            return
        prompt = estimate_usage(cleared.messages, "").prompt_tokens
        most = Usage(prompt_tokens=prompt, output_tokens=draft_tokens)
        budget.check(prices.cost(settings.current.cloud_model, most))

    engines.favourites = lambda: favourites(ledger, packs)
    assistant = Assistant(
        analyzer=analyzer,
        gate=gate,
        engines=engines,
        ledger=ledger,
        situation=lambda request: engines.situation(request.task.skill, request.engine),
        cost=prices.cost,
        reference_model=lambda: settings.current.reference_model,
        cloud_model=lambda: settings.current.cloud_model,
        before_cloud=before_cloud,
        cloud_is_this_device=engines.cloud_is_this_device,
        policy=lambda task_id: policy_for(settings.current.instant, task_id),
        own_examples=lambda task: own_examples(kept, task),
    )

    def ask_models(base_url: str, key: str) -> tuple[OfferedModel, ...]:
        refuse_if(offline=is_offline(settings))
        return _ask_models(base_url, key)

    account = CloudAccount(settings, credentials, prices, ModelDates(paths.config / "cloud_models.json"), ask_models)
    return Services(
        paths, settings, own_rules, analyzer, gate, packs, engines, ledger, prices, credentials, assistant, account,
        ModelStore(paths, settings, credentials), TaxonomyStore(paths), Learning(kept, engines.features_of), notices,
    )  # fmt: skip


def _ask_models(base_url: str, key: str) -> tuple[OfferedModel, ...]:
    from models.engines.cloud import offered_models

    return offered_models(base_url, key)
