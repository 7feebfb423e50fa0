"""Finding offices and people: by the tree, by characters and by pinyin; codes for one's own telephone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend_client.contract import Organisation, StaffMember
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.browse_states import LinkShown, OrganisationInitials, OrganisationSearch, OrganisationsFound
from kiosk.flow.directory import MOST_HITS, find
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.flow.view_organisations import FOUND_PER_PAGE
from kiosk.scene.contract import Role
from kiosk.scene.nodes import walk
from tests.flow.content import make_links, make_organisations
from tests.flow.situations import FULL_WORLD, QUIET
from tests.flow.soundness import strings_in
from tests.flow.story import Story

ZHANG = StaffMember(
    name="张三", title="民政委员", duties="低保、临时救助", phone="0913-0000311", pinyin="zhang san"
)
LELOU = Organisation(
    id="c1",
    parent="s",
    name="乐楼社区",
    phone="0913-0000101",
    kind="community",
    pinyin="le lou she qu",
    staff=(ZHANG,),
)
PARK = Organisation(id="c2", parent="s", name="公园路社区", kind="community", pinyin="gong yuan lu she qu")
GRID = Organisation(id="g7", parent="c1", name="第07网格", kind="grid", pinyin="di 07 wang ge")
TREE = (LELOU, PARK, GRID)


def names(text: str) -> list[str]:
    return [
        hit.organisation.name if hit.member < 0 else hit.organisation.staff[hit.member].name
        for hit in find(TREE, text)
    ]


def page_of(story: Story) -> s.Page:
    return story.kiosk.page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ll", ["乐楼社区"]),
        ("LL", ["乐楼社区"]),
        ("lelou", ["乐楼社区"]),
        ("le lou", ["乐楼社区"]),
        ("lel", ["乐楼社区"]),
        ("llsq", ["乐楼社区"]),
        ("zs", ["张三"]),
        ("zhangs", ["张三"]),
        ("张", ["张三"]),
        ("三", ["张三"]),
        ("sq", ["乐楼社区", "公园路社区"]),
        ("社区", ["乐楼社区", "公园路社区"]),
        ("民政", ["张三"]),
        ("07", ["第07网格"]),
        ("乐楼sq", ["乐楼社区"]),
        ("乐l", ["乐楼社区"]),
        ("乐楼x", []),
        ("张s", ["张三"]),
        ("sz", []),
        ("zhangsanfeng", []),
        ("王", []),
        ("", []),
        (" ", []),
        ("#", []),
        ("#5", ["乐楼社区", "公园路社区"]),
        ("#55", ["乐楼社区"]),
        ("#97", ["张三"]),
        ("#79", []),
    ],
)
def test_names_are_found_by_initials_syllables_and_characters(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_names_that_begin_with_it_come_first() -> None:
    tree = (PARK, Organisation(id="x", parent="", name="社区服务中心", pinyin="she qu fu wu zhong xin"))

    assert [hit.organisation.id for hit in find(tree, "sq")] == ["x", "c2"]


def test_a_platform_that_says_no_pinyin_is_searched_by_characters() -> None:
    tree = (Organisation(id="x", parent="", name="乐楼社区"),)

    assert len(find(tree, "乐楼")) == 1
    assert find(tree, "ll") == ()


def test_the_list_of_what_was_found_has_an_end() -> None:
    many = tuple(LELOU.model_copy(update={"id": f"c{at}"}) for at in range(100))

    assert len(find(many, "l")) == MOST_HITS


def test_whoever_types_finds_and_comes_back_to_what_was_typed() -> None:
    story = Story()
    assert story.tap("start", "organisations", "search", "type")[-2:] == ["initials", "search"]
    story.play(e.TextTyped("search", "lm"), e.TextTyped("search", "lmy"))

    assert story.tap("found", "member:5:c0") == ["found", "organisation"]
    assert page_of(story) == s.OrganisationReading("c0", OrganisationsFound("lmy"), page=1)
    assert any("李明远" in words for words in strings_in(view(story.kiosk)))
    assert story.tap("back", "back") == ["found", "search"]
    assert page_of(story) == OrganisationSearch("lmy")
    assert story.tap("back", "back", "back") == ["initials", "organisations", "home"]


def test_whoever_presses_initials_finds_and_comes_back_to_them() -> None:
    story = Story()
    story.tap("start", "organisations", "search")

    assert story.tap("key:5", "key:6", "key:2", "erase", "key:9") == ["initials"] * 5
    assert story.tap("found", "member:0:c0", "back", "back") == ["found", "organisation", "found", "initials"]
    assert page_of(story) == OrganisationInitials("569")
    assert story.tap("key:2", "erase", "erase", "erase", "erase")[-1] == "initials"
    assert page_of(story) == OrganisationInitials("")


def test_no_more_letters_than_a_name_has() -> None:
    kiosk = replace(QUIET, page=OrganisationInitials("5566"))

    after, _ = step(kiosk, e.Tapped("key:5"))

    assert after.page == kiosk.page
    assert not any(node.enabled for node in walk(view(kiosk).nodes) if node.action.startswith("key:"))


def test_typing_starts_the_time_anew_and_is_heard_on_its_page_only() -> None:
    kiosk = replace(QUIET, page=OrganisationSearch("l"))

    after, _ = step(kiosk, e.TextTyped("search", "ll"))
    elsewhere, _ = step(replace(QUIET, page=s.Home()), e.TextTyped("search", "ll"))

    assert after.page == OrganisationSearch("ll")
    assert after.turn > kiosk.turn
    assert elsewhere.page == s.Home()


def test_what_was_typed_is_gone_when_the_page_is_left() -> None:
    kiosk, _ = step(replace(QUIET, page=OrganisationSearch("张三")), e.TimeUp(QUIET.turn))

    assert "张三" not in set(strings_in(kiosk.page))
    assert "张三" not in repr(OrganisationSearch("张三"))
    assert "张三" not in repr(OrganisationsFound("张三"))


def test_nothing_found_offers_nothing_to_open() -> None:
    kiosk = replace(QUIET, page=OrganisationSearch("没有"))

    assert "found" not in {node.action for node in walk(view(kiosk).nodes) if node.enabled}
    assert "search.none" in set(strings_in(view(kiosk)))


def test_results_come_in_pages_of_six() -> None:
    kiosk = replace(QUIET, page=OrganisationsFound("lmy"))
    rows = [node for node in walk(view(kiosk).nodes) if node.role is Role.CHOICE]

    assert len(rows) == FOUND_PER_PAGE
    assert step(kiosk, e.Tapped("page:next"))[0].page == OrganisationsFound("lmy", page=1)


def test_all_staff_can_be_read_and_the_particulars_stand_on_the_first_page() -> None:
    kiosk = replace(QUIET, page=s.OrganisationReading("c1"))
    seen, facts = 0, []
    while True:
        nodes = {node.id: node for node in walk(view(kiosk).nodes)}
        seen += sum(node_id.startswith("staff-") for node_id in nodes)
        facts.append("facts" in nodes)
        if not nodes["page-next"].enabled:
            break
        kiosk, _ = step(kiosk, e.Tapped("page:next"))

    assert seen == len(make_organisations().items[2].staff)
    assert facts == [True, False]


def test_an_organisation_says_what_it_is() -> None:
    kiosk = replace(QUIET, page=s.OrganisationReading("c0"))

    assert "organisations.kind_party_branch" in set(strings_in(view(kiosk)))


# --- codes ---------------------------------------------------------------------------------------------


def test_each_link_shows_its_own_code_alone() -> None:
    story = Story()

    assert story.tap("start", "links", "link:wechat") == ["home", "links", "link"]
    codes = [node for node in walk(view(story.kiosk).nodes) if node.role is Role.PICTURE]
    assert [node.raster for node in codes] == [make_links()[1].raster]
    assert story.tap("back", "back") == ["links", "home"]


def test_a_code_says_what_it_is_for_and_shows_where_it_leads() -> None:
    kiosk = replace(QUIET, page=LinkShown("app"))

    code = next(node for node in walk(view(kiosk).nodes) if node.id == "code")

    assert code.speech is not None
    assert (code.speech.key, set(strings_in(code.speech)) >= {"乐楼社区应用"}) == ("links.code", True)
    assert code.label is not None
    assert code.label.literal == "platform.example/app"


def test_without_links_home_offers_none() -> None:
    kiosk = replace(QUIET, page=s.Home(), world=replace(FULL_WORLD, links=()))

    assert "links" not in {node.action for node in walk(view(kiosk).nodes)}
