"""What the tests of training start from."""

import pytest

from models.pii.tagger import features


@pytest.fixture(scope="module")
def tokenizer():
    return features.load_tokenizer()
