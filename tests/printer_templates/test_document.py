from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from printer_templates.specimen import specimen
from tests.printer_templates.papers import general_standard_characters

if TYPE_CHECKING:
    from pathlib import Path

    from printer_templates.maker import PaperMaker


def test_each_copy_is_an_a4_page_that_says_which_one_it_is(maker: PaperMaker) -> None:
    paper = maker.render(specimen(copies=3))

    document = pypdfium2.PdfDocument(paper.pdf)
    sizes = [document.get_page_size(index) for index in range(len(document))]
    document.close()
    assert paper.pages == 3
    assert sizes == [pytest.approx((595.28, 841.89), abs=0.01)] * 3
    texts = [facts.text for facts in maker.read_back(paper.pdf)]
    assert ["第1份/共3份" in texts[0], "第2份/共3份" in texts[1], "第3份/共3份" in texts[2]] == [True] * 3


def test_no_copy_is_no_paper(maker: PaperMaker) -> None:
    with pytest.raises(ValueError, match="at least one copy"):
        maker.render(specimen(copies=0))


def test_all_fonts_are_embedded_and_subset(maker: PaperMaker, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(maker.render(specimen()).pdf)

    listed = subprocess.run(["pdffonts", file], capture_output=True, check=True, text=True)

    rows = [row.split() for row in listed.stdout.splitlines()[2:]]
    assert {row[0].split("+")[1] for row in rows} == {"LXGWWenKai-Regular", "LXGWWenKai-Bold"}
    assert [row[-5:-2] for row in rows] == [["yes", "yes", "yes"]] * len(rows)  # emb, sub, uni
    assert b"Helvetica" not in file.read_bytes()


def test_a_paper_of_many_different_characters_stays_small(maker: PaperMaker) -> None:
    characters = general_standard_characters()
    certificate = replace(
        specimen(copies=2),
        name=characters[7000:7008],
        receiver=characters[3000:3020],
        purpose=characters[5000:5010],
        address=replace(specimen().address, compound=characters[6000:6010]),
    )

    paper = maker.render(certificate)

    assert len(paper.pdf) <= 70 * 1024


def test_the_digest_is_of_the_very_bytes(maker: PaperMaker) -> None:
    paper = maker.render(specimen())

    assert paper.sha256 == hashlib.sha256(paper.pdf).hexdigest()


def test_the_file_names_no_person_and_no_path(maker: PaperMaker) -> None:
    paper = maker.render(specimen())

    document = pypdfium2.PdfDocument(paper.pdf)
    metadata = document.get_metadata_dict()
    document.close()
    assert metadata["Title"] == "居住证明 610525001003-JZ-2026-000123-4"
    assert metadata["Author"] == specimen().issuer
    assert metadata["Subject"] == "居住证明"
    assert metadata["Creator"] == "Community kiosk"
    assert specimen().name not in "".join(metadata.values())
    assert b"/usr/share" not in paper.pdf


def test_the_same_certificate_gives_the_same_bytes_in_every_process(
    maker: PaperMaker, tmp_path: Path
) -> None:
    files = [tmp_path / f"{seed}.pdf" for seed in (0, 1)]
    for seed, file in enumerate(files):
        subprocess.run(
            [sys.executable, "-m", "printer_templates", "--out", file, "--copies", "2"],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            check=True,
            capture_output=True,
        )

    first, second = (file.read_bytes() for file in files)

    assert first == second == maker.render(specimen(copies=2)).pdf


def test_threads_do_not_disturb_each_other(maker: PaperMaker) -> None:
    certificates = [replace(specimen(), name=name) for name in ("王一", "李𬱖", "赵·某", "钱龑")] * 4
    alone = [maker.render(certificate).sha256 for certificate in certificates[:4]] * 4
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns as often as they can, so that a missing lock shows

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(maker.render, certificates))
        facts = list(pool.map(lambda paper: maker.read_back(paper.pdf), together * 8))

    sys.setswitchinterval(interval)
    assert [paper.sha256 for paper in together] == alone
    for certificate, (fact,) in zip(certificates * 8, facts, strict=True):
        assert certificate.name in fact.text


def test_the_command_says_why_it_made_nothing(tmp_path: Path) -> None:
    file = tmp_path / "none.pdf"

    done = subprocess.run(
        [sys.executable, "-m", "printer_templates", "--out", file, "--name", "样\ue000"],
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr == "no glyph for U+E000\n"
    assert not file.exists()
