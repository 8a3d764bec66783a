"""Checks one pack, as read from TOML, and turns it into a task. Every complaint names the key it is about."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

from models.skills.grounding import ground_values
from models.skills.isodate import is_iso_date
from models.skills.rules import MAX_PATTERN, Rule, pattern_problem
from models.skills.skill import SKILLS, Example, Field, Label, SkillName, Task
from models.skills.text import fold

MIN_EXAMPLES = 8
"""Examples that a pack shipped with the program has at least."""
MIN_GOLDEN = 5
"""Golden cases that a pack shipped with the program has at least."""
MIN_EXAMPLES_A_LABEL = 2
"""Examples that each label has at least, in any pack: fewer teach the starter engine nothing."""
MAX_TOKENS = range(8, 2049)
"""Output budgets that leave room for a document in the model's window of 4096 tokens."""

STYLES: Mapping[SkillName, tuple[str, ...]] = {
    "extract": ("entities", "pairs", "dates"),
    "summarize": ("meeting", "article", "ticket", "compliance"),
}

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_KEYS = ("id", "skill", "name", "description", "instructions", "style", "output", "rules", "examples", "golden")
_LABELLED: tuple[SkillName, ...] = ("classify", "route")


class BadKey(ValueError):
    """A key of the pack is missing, unknown or wrong; the loader adds the file name and tells the person."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


def task_from_pack(pack: Mapping[str, Any], *, shipped: bool) -> Task:
    """Validate a parsed pack and build its task.

    ``shipped`` packs answer for more: at least ``MIN_EXAMPLES`` examples and ``MIN_GOLDEN`` golden cases. A person's
    own pack needs one example (``MIN_EXAMPLES_A_LABEL`` a label for classify and route) and no golden cases.

    Raises:
        BadKey: the first key that does not hold what it should.
    """
    _only(pack, "", _KEYS)
    task_id = _string(pack, "", "id", limit=32, line=True)
    if not _ID.fullmatch(task_id):
        _bad("id", "use letters, digits, - and _ only")
    skill = _skill(_string(pack, "", "skill", limit=32, line=True))
    output = _table(pack, "output")
    _only(
        output,
        "output.",
        {"max_tokens", "multiple", "decisive", "undecided", "labels", "queues", "fields", "ground", "single"},
    )
    max_tokens = output.get("max_tokens")
    if not isinstance(max_tokens, int) or isinstance(max_tokens, bool) or max_tokens not in MAX_TOKENS:
        _bad("output.max_tokens", f"a whole number from {MAX_TOKENS[0]} to {MAX_TOKENS[-1]} is needed")
    labels = _labels(output, skill)
    multiple = _flag(output, "output.", "multiple")
    if multiple and skill not in _LABELLED:
        _bad("output.multiple", "only classify and route tasks have labels")
    special = {}
    for key in ("decisive", "undecided"):
        special[key] = _string(output, "output.", key, limit=60, line=True) if key in output else ""
        if special[key] and special[key] not in {label.name for label in labels}:
            _bad(f"output.{key}", "this is not one of output.labels")
    fields = _fields(output, skill)
    ground = _string(output, "output.", "ground", limit=32, line=True) if "ground" in output else ""
    if ground and ground not in {field.name for field in fields}:
        _bad("output.ground", "this is not one of output.fields")
    if skill == "extract" and not ground:
        _bad("output.ground", "it is missing: name the field whose value must stand in the text")
    single = _flag(output, "output.", "single")
    if single and skill != "extract":
        _bad("output.single", "only extract tasks have records")
    task = Task(
        id=task_id,
        skill=skill,
        name=_string(pack, "", "name", limit=60, line=True),
        description=_string(pack, "", "description", limit=300, line=True),
        instructions=_string(pack, "", "instructions", limit=6000),
        max_output_tokens=max_tokens,
        examples=(),
        golden=(),
        labels=labels,
        multiple=multiple,
        decisive=special["decisive"],
        undecided=special["undecided"],
        fields=fields,
        ground=ground,
        style=_style(pack, skill),
        rules=_rules(pack, labels),
        single=single,
    )
    examples = _cases(pack, "examples", task, golden=False)
    golden = _cases(pack, "golden", task, golden=True)
    _check_amounts(task, examples, golden, shipped=shipped)
    _check_distinct(examples, golden)
    return replace(task, examples=examples, golden=golden)


def _bad(key: str, problem: str) -> NoReturn:
    raise BadKey(key, problem)


def _only(table: Mapping[str, Any], prefix: str, known: Collection[str]) -> None:
    for key in table:
        if key not in known:
            _bad(f"{prefix}{key}", f"this key is not known here; the keys are {', '.join(sorted(known))}")


def _string(
    table: Mapping[str, Any], prefix: str, key: str, *, limit: int, line: bool = False, empty: bool = False
) -> str:
    value = table.get(key)
    if value is None:
        _bad(f"{prefix}{key}", "it is missing")
    if not isinstance(value, str):
        _bad(f"{prefix}{key}", "a text in quotes is needed")
    value = value.strip()
    if not value and not empty:
        _bad(f"{prefix}{key}", "it is empty")
    if len(value) > limit:
        _bad(f"{prefix}{key}", f"it is longer than {limit} characters")
    if line and len(value.splitlines()) > 1:
        _bad(f"{prefix}{key}", "it must be one line")
    return value


def _flag(table: Mapping[str, Any], prefix: str, key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        _bad(f"{prefix}{key}", "true or false is needed")
    return value


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key)
    if value is None:
        _bad(key, "it is missing")
    if not isinstance(value, dict):
        _bad(key, "a table is needed")
    return value


def _tables(table: Mapping[str, Any], prefix: str, key: str) -> list[Mapping[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list):
        _bad(f"{prefix}{key}", "a list of tables is needed")
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            _bad(f"{prefix}{key}[{index}]", "a table is needed")
    return value


def _strings(table: Mapping[str, Any], prefix: str, key: str, *, limit: int) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        _bad(f"{prefix}{key}", "a list of texts in quotes is needed")
    for index, item in enumerate(value):
        if not item.strip() or len(item) > limit:
            _bad(f"{prefix}{key}[{index}]", f"from 1 to {limit} characters are needed")
    return tuple(item.strip() for item in value)


def _skill(name: str) -> SkillName:
    for skill in SKILLS:
        if name == skill:
            return skill
    _bad("skill", f"it must be one of {', '.join(SKILLS)}")


def _style(pack: Mapping[str, Any], skill: SkillName) -> str:
    style = _string(pack, "", "style", limit=32, line=True, empty=True) if "style" in pack else ""
    allowed = STYLES.get(skill, ())
    if style and style not in allowed:
        _bad("style", f"it must be one of {', '.join(allowed)}" if allowed else f"a {skill} task has no style")
    return style


def _labels(output: Mapping[str, Any], skill: SkillName) -> tuple[Label, ...]:
    if "labels" in output and "queues" in output:
        _bad("output.queues", "labels and queues are the same thing; keep one of them")
    key = "queues" if "queues" in output else "labels"
    path = f"output.{key}"
    tables = _tables(output, "output.", key)
    if tables and skill not in _LABELLED:
        _bad(path, "only classify and route tasks have labels")
    if skill in _LABELLED and len(tables) < 2:
        _bad(path, "at least two labels are needed")
    labels: list[Label] = []
    for index, table in enumerate(tables):
        prefix = f"{path}[{index}]."
        _only(table, prefix, {"name", "meaning", "aliases", "group"})
        name = _string(table, prefix, "name", limit=60, line=True)
        taken = {fold(other) for label in labels for other in (label.name, *label.aliases)}
        if fold(name) in taken:
            _bad(f"{prefix}name", "another label has the same name")
        aliases = _strings(table, prefix, "aliases", limit=60)
        for place, alias in enumerate(aliases):
            if fold(alias) in taken | {fold(name)}:
                _bad(f"{prefix}aliases[{place}]", "a label has this name already")
        group = _string(table, prefix, "group", limit=60, line=True) if "group" in table else ""
        labels.append(Label(name, _string(table, prefix, "meaning", limit=300, line=True), aliases, group))
    return tuple(labels)


def _rules(pack: Mapping[str, Any], labels: Sequence[Label]) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for index, table in enumerate(_tables(pack, "", "rules")):
        prefix = f"rules[{index}]."
        _only(table, prefix, {"label", "contains", "pattern", "sender", "amount_over"})
        label = _string(table, prefix, "label", limit=60, line=True)
        if label not in {known.name for known in labels}:
            _bad(f"{prefix}label", "this label is not declared in output.labels")
        pattern = _string(table, prefix, "pattern", limit=MAX_PATTERN, line=True) if "pattern" in table else ""
        if pattern and (problem := pattern_problem(pattern)):
            _bad(f"{prefix}pattern", problem)
        sender = _string(table, prefix, "sender", limit=100, line=True) if "sender" in table else ""
        over = table.get("amount_over")
        if over is not None and (isinstance(over, bool) or not isinstance(over, int | float) or over != over):
            _bad(f"{prefix}amount_over", "a number is needed")
        rule = Rule(label, _strings(table, prefix, "contains", limit=100), pattern, sender, over)
        if rule == Rule(label):
            _bad(f"{prefix}contains", "a rule needs a condition: contains, pattern, sender or amount_over")
        rules.append(rule)
    return tuple(rules)


def _fields(output: Mapping[str, Any], skill: SkillName) -> tuple[Field, ...]:
    tables = _tables(output, "output.", "fields")
    if bool(tables) != (skill == "extract"):
        _bad("output.fields", "only extract tasks have fields" if tables else "an extract task needs a field")
    fields: list[Field] = []
    for index, table in enumerate(tables):
        prefix = f"output.fields[{index}]."
        _only(table, prefix, {"name", "description", "format", "values", "required"})
        name = _string(table, prefix, "name", limit=32, line=True)
        if not _FIELD_NAME.fullmatch(name):
            _bad(f"{prefix}name", "use small letters, digits and _ only, a letter first")
        if name in {field.name for field in fields}:
            _bad(f"{prefix}name", "another field has the same name")
        form = table.get("format", "text")
        values = _strings(table, prefix, "values", limit=60)
        if len({fold(value) for value in values}) < len(values):
            _bad(f"{prefix}values", "a value stands there twice")
        if form == "date" and values:
            _bad(f"{prefix}values", "a date field has no list of values")
        description = _string(table, prefix, "description", limit=300, line=True)
        required = _flag(table, prefix, "required")
        if form == "text":
            fields.append(Field(name, description, "text", values, required))
        elif form == "date":
            fields.append(Field(name, description, "date", (), required))
        else:
            _bad(f"{prefix}format", 'it must be "text" or "date"')
    return tuple(fields)


def _cases(pack: Mapping[str, Any], key: str, task: Task, *, golden: bool) -> tuple[Example, ...]:
    known = {"text"}
    if task.skill in _LABELLED:
        known.add("labels")
    elif task.skill == "extract":
        known.add("records")
    else:
        known |= {"answer", "must_include"} if golden else {"answer"}
    cases: list[Example] = []
    for index, table in enumerate(_tables(pack, "", key)):
        prefix = f"{key}[{index}]."
        _only(table, prefix, known)
        text = _string(table, prefix, "text", limit=20_000)
        must_include = _strings(table, prefix, "must_include", limit=200)
        answer = ""
        if "answer" in known and not (must_include and "answer" not in table):
            answer = _string(table, prefix, "answer", limit=8000)
        cases.append(
            Example(
                text=text,
                labels=_case_labels(table, prefix, task) if "labels" in known else (),
                records=_case_records(table, prefix, task, text) if "records" in known else (),
                answer=answer,
                must_include=must_include,
            )
        )
    return tuple(cases)


def _case_labels(table: Mapping[str, Any], prefix: str, task: Task) -> tuple[str, ...]:
    labels = _strings(table, prefix, "labels", limit=60)
    for index, label in enumerate(labels):
        if label not in task.label_names:
            _bad(f"{prefix}labels[{index}]", "this label is not declared in output.labels")
    if not labels:
        _bad(f"{prefix}labels", "at least one label is needed")
    if len(set(labels)) < len(labels):
        _bad(f"{prefix}labels", "a label stands there twice")
    if len(labels) > 1 and not task.multiple:
        _bad(f"{prefix}labels", "one label only, unless output.multiple is true")
    return labels


def _case_records(table: Mapping[str, Any], prefix: str, task: Task, text: str) -> tuple[dict[str, str], ...]:
    if "records" not in table:
        _bad(f"{prefix}records", "it is missing (write records = [] where the text holds nothing)")
    names = {field.name for field in task.fields}
    records: list[dict[str, str]] = []
    for index, record in enumerate(_tables(table, prefix, "records")):
        path = f"{prefix}records[{index}]."
        _only(record, path, names)
        values = {}
        for field in task.fields:
            value = _string(record, path, field.name, limit=1000, empty=True) if field.name in record else ""
            if field.required and not value:
                _bad(f"{path}{field.name}", "this field is required, and it is empty")
            if value and field.values and value not in field.values:
                _bad(f"{path}{field.name}", "this value is not one of the field's values")
            if value and field.format == "date" and not is_iso_date(value):
                _bad(f"{path}{field.name}", "this is not a date in ISO 8601 (2026-03-31)")
            values[field.name] = value
        records.append(values)
    if task.single and len(records) > 1:
        _bad(f"{prefix}records", "one record at most, since output.single is true")
    spans = ground_values([record[task.ground] for record in records], text)
    for index, span in enumerate(spans):
        if span is None:
            _bad(f"{prefix}records[{index}].{task.ground}", "this value does not stand in the text")
    return tuple(records)


def _check_amounts(task: Task, examples: Sequence[Example], golden: Sequence[Example], *, shipped: bool) -> None:
    least = MIN_EXAMPLES if shipped else 1
    if len(examples) < least:
        _bad("examples", f"at least {least} examples are needed" if shipped else "at least one example is needed")
    if shipped and len(golden) < MIN_GOLDEN:
        _bad("golden", f"at least {MIN_GOLDEN} golden cases are needed")
    for name in task.label_names:
        if sum(name in example.labels for example in examples) < MIN_EXAMPLES_A_LABEL:
            _bad("examples", f"the label “{name}” needs at least {MIN_EXAMPLES_A_LABEL} examples")


def _check_distinct(examples: Sequence[Example], golden: Sequence[Example]) -> None:
    seen: dict[str, str] = {}
    cases = [(f"examples[{index}]", case) for index, case in enumerate(examples)]
    cases += [(f"golden[{index}]", case) for index, case in enumerate(golden)]
    for path, case in cases:
        text = fold(case.text)
        if text in seen:
            _bad(f"{path}.text", f"the same text stands in {seen[text]}")
        seen[text] = path
