"""The bulk index gives exactly what `score_pair` gives, after any changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Match, Pay, PayUnit, PostingIndex, SeekerIndex, Shift, Term, Wish, score_pair
from matching import columns as columns_module
from matching import ranking as ranking_module
from tests.pairs import (
    DADONG,
    DONGGANG,
    ELECTRICIAN,
    GUSHAN,
    ON,
    POLICY,
    POSTINGS,
    QIANYANG,
    SEEKERS,
    SKILLS,
    make_posting,
    make_seeker,
)

EVERYTHING = replace(POLICY, name="all", cutoff=0.0, fit_floor=0.0, place_floor=0.0)
LATER = replace(POLICY, name="later", on=ON + timedelta(days=20), cutoff=0.4, fit_floor=0.3, skill_cutoff=0.0)
POLICIES = st.sampled_from([POLICY, EVERYTHING, LATER])


def match_of(posting, seeker, policy):
    pair = score_pair(posting, seeker, policy)
    scores = {part.name: part.score for part in pair.components}
    return [Match(posting.id, seeker.id, pair.total, pair.conditional, scores)] if pair.matched else []


def ranked(matches, key):
    return sorted(matches, key=lambda match: (-match.total, getattr(match, key)))


def postings_for(seeker, postings, policy):
    return ranked((m for posting in postings for m in match_of(posting, seeker, policy)), "posting_id")


def seekers_for(posting, seekers, policy):
    return ranked((m for seeker in seekers for m in match_of(posting, seeker, policy)), "seeker_id")


@st.composite
def edits(draw, rows):
    """Rows to begin with, and what happens to them: (verb, row), with few ids so that they meet."""
    ids = st.sampled_from("abcdef")
    start = {row_id: replace(draw(rows), id=row_id) for row_id in draw(st.sets(ids))}
    steps = draw(
        st.lists(st.tuples(st.sampled_from(["replace", "replace", "remove"]), ids, rows), max_size=6)
    )
    return list(start.values()), [(verb, replace(row, id=row_id)) for verb, row_id, row in steps]


def apply(index, live, steps):
    for verb, row in steps:
        if verb == "replace":
            index.replace(row)
            live[row.id] = row
        else:
            index.remove(row.id)
            live.pop(row.id, None)


@settings(max_examples=60)
@given(edits(POSTINGS), st.lists(SEEKERS, min_size=1, max_size=3), POLICIES, POLICIES)
def test_the_index_of_postings_gives_what_scoring_each_pair_gives(history, seekers, first, second):
    start, steps = history
    index = PostingIndex(start, first)
    live = {row.id: row for row in start}
    for seeker in seekers:
        assert index.rank(seeker) == postings_for(seeker, live.values(), first)
    apply(index, live, steps)
    index.policy = second
    assert len(index) == len(live)
    for seeker in seekers:
        expected = postings_for(seeker, live.values(), second)
        assert index.rank(seeker) == expected
        assert index.rank(seeker, limit=2) == expected[:2]


@settings(max_examples=60)
@given(edits(SEEKERS), st.lists(POSTINGS, min_size=1, max_size=3), POLICIES, POLICIES)
def test_the_index_of_seekers_gives_what_scoring_each_pair_gives(history, postings, first, second):
    start, steps = history
    index = SeekerIndex(start, first)
    live = {row.id: row for row in start}
    for posting in postings:
        assert index.rank(posting) == seekers_for(posting, live.values(), first)
    apply(index, live, steps)
    index.policy = second
    for posting in postings:
        expected = seekers_for(posting, live.values(), second)
        assert index.rank(posting) == expected
        assert index.rank(posting, limit=2) == expected[:2]


@given(st.lists(POSTINGS, max_size=6), SEEKERS, st.randoms(use_true_random=False))
def test_the_order_of_input_never_changes_the_ranking(postings, seeker, random):
    postings = [replace(posting, id=f"p{number}") for number, posting in enumerate(postings)]
    mixed = random.sample(postings, len(postings))
    assert PostingIndex(postings, EVERYTHING).rank(seeker) == PostingIndex(mixed, EVERYTHING).rank(seeker)


def test_equal_totals_are_ordered_by_id():
    postings = [make_posting(id=row_id) for row_id in ("c", "a", "b")]
    assert [match.posting_id for match in PostingIndex(postings, POLICY).rank(make_seeker())] == [
        "a",
        "b",
        "c",
    ]


def test_a_row_cannot_be_added_twice():
    index = PostingIndex([make_posting()], POLICY)
    with pytest.raises(ValueError, match="p is in the index already"):
        index.add(make_posting())
    assert "p" in index
    assert len(index) == 1


def test_what_comes_after_a_ranking_is_measured_too():
    index, postings = PostingIndex([], POLICY), []
    for number in range(30):
        postings.append(make_posting(id=f"p{number}", experience_years=number, education=number % 7))
        index.add(postings[-1])
        assert index.rank(make_seeker()) == postings_for(make_seeker(), postings, POLICY)


def test_the_policy_can_be_told():
    index = PostingIndex([], POLICY)
    index.policy = LATER
    assert index.policy is LATER


def test_replacing_by_an_equal_row_changes_nothing():
    index = PostingIndex([make_posting()], POLICY)
    index.replace(make_posting())
    assert len(index.rank(make_seeker())) == 1


def test_an_index_that_is_edited_for_ever_does_not_grow(monkeypatch):
    monkeypatch.setattr(ranking_module, "IDLE_EDITS", 5)
    index = PostingIndex([make_posting()], POLICY)
    for number in range(50):
        index.replace(make_posting(occupations=(Term(f"工种{number}"),), experience_years=number))
    assert len(index._work.words) < 12
    assert len(index._columns["experience"].keys) < 12
    assert [m.posting_id for m in index.rank(make_seeker(occupations=(Term("工种49"),)))] == ["p"]


@pytest.mark.parametrize("room", [1, 60, 200])
def test_caches_are_bounded_and_change_no_total(monkeypatch, room):
    monkeypatch.setattr(columns_module, "CACHE_NUMBERS", room)
    postings = [make_posting(id=f"p{number}", experience_years=number) for number in range(20)]
    index = PostingIndex(postings, POLICY)
    for number in range(20):
        seeker = make_seeker(
            experience_years=number, occupations=(Term(f"焊工{number}", "6-18-02-04"), *ELECTRICIAN)
        )
        assert index.rank(seeker) == postings_for(seeker, postings, POLICY)
        column = index._columns["experience"]
        assert sum(len(known) for known in column._known.values()) <= max(room, 2 * len(column.keys))
        assert sum(len(known) for known in index._work._known.values()) <= max(room, len(index._work.words))


def test_many_threads_read_what_one_reads():
    postings = [
        make_posting(id=f"p{number}", experience_years=number % 7, housing=number % 2 == 0)
        for number in range(60)
    ]
    seekers = [
        make_seeker(id=f"s{number}", experience_years=number % 5, skills=SKILLS[: number % 4])
        for number in range(40)
    ]
    alone = PostingIndex(postings, POLICY)
    shared = PostingIndex(postings, POLICY)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.rank, seekers)) == [alone.rank(seeker) for seeker in seekers]


# Search -----------------------------------------------------------------------------------------------

POSTED = [
    make_posting(id="welder", housing=True, shift=Shift.LONG_DAY, pay=Pay(5000, 7000, PayUnit.MONTH)),
    make_posting(id="welder-gushan", region=GUSHAN, housing=False, pay=Pay(4000, 4500, PayUnit.MONTH)),
    make_posting(
        id="electrician", title="电工", occupations=ELECTRICIAN, region=DADONG, shuttle_regions=(QIANYANG,)
    ),
    make_posting(id="rare", title="急招拔丝匠", occupations=(Term("拔丝匠"),), region=None, meals=True),
    make_posting(id="skill", title="操作员", occupations=(), skills_required=SKILLS[:1], region="110101"),
    make_posting(id="closed", is_open=False),
]


@pytest.fixture(scope="module")
def posted():
    return PostingIndex(POSTED, POLICY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("焊工", ["welder", "welder-gushan", "skill"], id="job-and-its-skill"),
        pytest.param("电焊", ["welder", "welder-gushan", "skill"], id="as-people-say-it"),
        pytest.param("电工", ["electrician"], id="no-characters-in-common-count"),
        pytest.param("拔丝匠", ["rare"], id="unknown-word-by-its-characters"),
        pytest.param("急招", ["rare"], id="unknown-word-in-the-title"),
        pytest.param("二保焊", ["skill", "welder", "welder-gushan"], id="skill"),
        pytest.param("包吃", ["rare", "electrician", "skill", "welder", "welder-gushan"], id="benefit-alone"),
        pytest.param("班车", ["electrician"], id="bus-alone"),
        pytest.param("白班 包住", ["welder", "electrician", "rare", "skill"], id="shift-and-benefit"),
        pytest.param("", [], id="nothing"),
        pytest.param("  、 ", [], id="marks-alone"),
    ],
)
def test_a_search_finds(posted, text, expected):
    assert [hit.posting_id for hit in posted.search(text)] == expected


def test_the_whole_wish_puts_the_right_posting_first(posted):
    hits = posted.search("焊工 前阳 包住 白班 5000", region=DONGGANG)
    assert hits[0].posting_id == "welder"
    assert hits[0].score == 1.0
    assert [(word.text, word.wish, word.meaning) for word in hits[0].understood] == [
        ("焊工", Wish.WORK, "焊工"),
        ("前阳", Wish.PLACE, "辽宁省丹东市东港市前阳镇"),
        ("包住", Wish.BENEFIT, "包住"),
        ("白班", Wish.SHIFT, "长白班"),
        ("5000", Wish.PAY, "每月 5000 元以上"),
    ]
    assert [hit.posting_id for hit in hits[1:]] == ["welder-gushan"]


def test_a_place_alone_finds_what_is_there_or_easily_reached(posted):
    assert [hit.posting_id for hit in posted.search("前阳镇", region=DONGGANG)] == [
        "welder",
        "electrician",
        "welder-gushan",
    ]


def test_a_region_keeps_far_postings_out(posted):
    assert "skill" not in {hit.posting_id for hit in posted.search("二保焊", region=DONGGANG)}


def test_a_search_gives_no_more_than_asked(posted):
    assert len(posted.search("焊工", limit=1)) == 1


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("5000", "每月 5000 元以上"),
        ("5千", "每月 5000 元以上"),
        ("1万以上", "每月 10000 元以上"),
        ("200", "每月 5200 元以上"),
        ("200元/天", "每月 5200 元以上"),
        ("20", "每月 4160 元以上"),
        ("6万/年", "每月 5000 元以上"),
    ],
)
def test_pay_is_understood(posted, text, meaning):
    understood = posted.search(f"焊工 {text}")[0].understood
    assert [word[1:] for word in understood] == [(Wish.WORK, "焊工"), (Wish.PAY, meaning)]


@pytest.mark.parametrize(
    ("text", "wish", "meanings"),
    [
        ("包吃住", Wish.BENEFIT, ["包吃", "包住"]),
        ("夜班", Wish.SHIFT, ["夜班"]),
        ("兼职", Wish.EMPLOYMENT, ["兼职"]),
    ],
)
def test_other_words_are_understood(posted, text, wish, meanings):
    understood = posted.search(f"焊工 {text}")[0].understood[1:]
    assert [word.wish for word in understood] == [wish] * len(meanings)
    assert [word.meaning for word in understood] == meanings
