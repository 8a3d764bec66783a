"""What was learnt of the tasks that ship, kept with the program: only numbers, which depend on nothing but the pack."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.engines.starter.classifier import Classifier, labelled, texts_to_learn
from models.engines.starter.domain import Domain
from models.engines.starter.embedding import WIDTH
from models.engines.starter.few_shot import Learnt
from models.engines.starter.known_examples import key
from models.engines.starter.logistic import Model
from models.skills.skill import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = Mapping[str, NDArray[np.float32]]
    Features = NDArray[np.float32]

_PARTS = ("weights", "bias", "domain weights", "domain bias", "signs", "single")


def task_key(task: Task) -> str:
    """Stands for all that is learnt from: names of labels, texts, and the labels of these."""
    labels = [example.labels for example in labelled(task)]
    return f"{key(repr((task.label_names, labels, texts_to_learn(task)))):016x}"


def numbers_of(classifier: Classifier) -> "dict[str, NDArray[np.float32]]":
    """What has to be kept to ``restore`` a classifier that nobody taught anything besides the pack."""
    import numpy as np

    learnt, domain = classifier.learnt, classifier.domain
    single = [
        *(learnt.model.temperature, learnt.model.loss, learnt.temperature, *learnt.scales, learnt.near),
        *(learnt.threshold, learnt.strength, domain.model.temperature, domain.model.loss, domain.threshold),
        *classifier.scales,
    ]
    parts: list[Any] = [learnt.model.weights, learnt.model.bias, domain.model.weights, domain.model.bias, learnt.signs]
    arrays = [np.asarray(part, np.float32) for part in (*parts, single)]
    return {f"{task_key(classifier.task)} {name}": part for name, part in zip(_PARTS, arrays, strict=True)}


def restore(task: Task, features: "Features", known: "Numbers") -> Classifier | None:
    """The classifier as ``learn(task, features)`` makes it, in no time; None where the task is not ``known``."""
    import numpy as np

    prefix = task_key(task)
    parts = [known.get(f"{prefix} {name}") for name in _PARTS]
    if any(part is None for part in parts):
        return None
    weights, bias, domain_weights, domain_bias, signs, single = (np.asarray(part, np.float64) for part in parts)
    one = [float(value) for value in single]
    examples, names = labelled(task), task.label_names
    count = len(examples) + len(names)
    # As in ``learn_features``: the first label of an example in the order of the names, then each label's meaning.
    owners = [min(map(names.index, example.labels)) for example in examples] + list(range(len(names)))
    learnt = Learnt(
        names,
        Model(weights, bias, one[0], one[1]),
        one[2],
        (one[3], one[4]),
        one[5],
        len(examples),
        features[:count, :WIDTH],
        np.array(owners),
        features[count:, :WIDTH],
        signs,
        one[6],
        one[7],
    )
    domain = Domain(Model(domain_weights, domain_bias, one[8], one[9]), one[10])
    return Classifier(task, learnt, domain, (one[11], one[12]))
