"""Which tasks may be answered at once, as one line in the settings: "T01=sure:0.83;T13=only"."""

from collections.abc import Mapping

from models.engines.instant import MODES, SURE, Policy


def read_policies(line: str) -> dict[str, Policy]:
    """Policies by task id (folded). What cannot be read is passed over: those tasks go to Phi-4 Mini, the default."""
    policies: dict[str, Policy] = {}
    for part in line.split(";"):
        task_id, _, rest = part.partition("=")
        name, _, number = rest.partition(":")
        mode = next((known for known in MODES if known == name.strip()), None)
        if not task_id.strip() or mode is None:
            continue
        try:
            threshold = float(number) if number else SURE
        except ValueError:
            continue
        if 0.0 <= threshold <= 2.0:
            policies[task_id.strip().casefold()] = Policy(mode, threshold)
    return policies


def write_policies(policies: Mapping[str, Policy]) -> str:
    """The line; tasks that always go to Phi-4 Mini are left out."""
    return ";".join(
        f"{task_id.casefold()}={policy.mode}:{policy.threshold:.4g}"
        for task_id, policy in sorted(policies.items())
        if policy.mode != "phi"
    )


def policy_for(line: str, task_id: str) -> Policy:
    """The policy of one task."""
    return read_policies(line).get(task_id.casefold(), Policy())
