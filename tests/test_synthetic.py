"""Made data packages, on which the analysis is measured."""

from benchmarks.synthetic import write
from tracktwo import Frame, open_study
from tracktwo.claims import claims


def test_when_a_package_is_made_then_it_is_valid_and_every_claim_can_be_estimated(tmp_path):
    study = open_study(write(tmp_path / "made", 60))
    assert len(study.initiatives) == 60 and study.has("statements")
    every = [claims.test_claim(c, study, Frame.of(study)) for c in claims.tested(study)]
    assert len(every) == 9 and not any(result.reason for result in every)


def test_when_the_same_size_is_made_twice_then_the_data_are_the_same(tmp_path):
    one, two = (open_study(write(tmp_path / name, 20)) for name in "ab")
    assert one.digest == two.digest
