from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

import pytest

from tests.journeys.hall import Hall
from tools.desk.dataset import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUSEHOLDS = 60  # the stories are among them


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A small platform with every story, made once for all workers of a run."""
    shared = tmp_path_factory.getbasetemp().parent
    with (shared / "town.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        dataset = Dataset(shared / "town", HOUSEHOLDS)
        dataset.prepare()
    return dataset


@pytest.fixture(scope="module")
def running_hall(town: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One appliance for the tests of a module: each must leave it fit for the next resident."""
    directory: Path = tmp_path_factory.mktemp("hall")
    with Hall(directory / "desk", town.copy_to(directory / "town")) as hall:
        yield hall


@pytest.fixture
def hall(running_hall: Hall) -> Hall:
    """The appliance with nobody in front of it, every fault mended: the last test's resident has left."""
    running_hall.go_home()
    return running_hall
