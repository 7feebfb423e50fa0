"""A whole visit through assistive technology: from the card to the grade over AT-SPI, and by no other way."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.bench.rig import running_rig
from tests.screen.accessibility_bus import Assistant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.rig import Rig
    from tools.desk.dataset import Dataset

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("at-spi")]
PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory, town: Dataset) -> Iterator[Rig]:
    folder = tmp_path_factory.mktemp("assisted")
    with running_rig(
        folder / "rig", town.copy_to(folder / "town"), fullscreen=True, assisted=True
    ) as running:
        yield running


class Reader:
    """Knows of the kiosk what the bus tells, and nothing else."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def hear(self, words: str) -> None:
        """Wait until something on the page says these words."""
        limit = time.monotonic() + PATIENCE_S
        while not any(words in name for name in self._assistant.names()):
            assert time.monotonic() < limit, f"{words} among {self._assistant.names()}"
            time.sleep(0.05)

    def touch(self, words: str, following: str) -> None:
        """Click the control that begins with these words, until the page that follows is heard."""
        limit = time.monotonic() + PATIENCE_S
        while not any(following in name for name in self._assistant.names()):
            assert time.monotonic() < limit, f"after {words}: no {following} in {self._assistant.names()}"
            for role, name, can_click in self._assistant.tree():
                if role == "push button" and can_click and name.startswith(words):
                    self._assistant.click(name)
                    break
            time.sleep(0.3)


def test_a_tenant_gets_and_rates_a_certificate_over_the_bus(rig: Rig) -> None:
    with closing(Assistant(rig.session)) as assistant:
        reader = Reader(assistant)
        reader.hear("开始办理")
        reader.touch("开始办理", "您想办什么")
        reader.touch("我的服务", "平放在读卡区")
        rig.appliance.lay("tenant")
        reader.hear("请确认这是您本人")
        reader.touch("是我", "您要办理什么")
        reader.touch("居住证明", "居住证明用来办什么")
        reader.touch("子女入学", "请核对")
        reader.touch("打印", "证明已打印")
        rig.appliance.collect()
        rig.appliance.lift()
        reader.touch("取好了", "这次服务您满意吗")
        reader.touch("满意", "谢谢您的评价")
        reader.touch("回首页", "开始办理")

    assert len(rig.appliance.papers()) == 1
