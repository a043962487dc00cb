"""Learning environments: what the libraries' own checks demand, and what they do not see."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

np = pytest.importorskip("numpy")
gymnasium = pytest.importorskip("gymnasium")
pytest.importorskip("pettingzoo")

from gymnasium.utils.env_checker import check_env  # noqa: E402
from pettingzoo.test import api_test, parallel_api_test, seed_test  # noqa: E402
from pettingzoo.utils.conversions import parallel_to_aec  # noqa: E402

import walled_gardens as wg  # noqa: E402

SMALL = {"consumers": 200, "merchants": 50, "turns": 6}


def market(**changed: Any) -> Any:
    return wg.parallel_env(**{**SMALL, **changed})


def duel(**changed: Any) -> Any:
    return gymnasium.make("walled_gardens/Duel-v0", **{**SMALL, **changed})


@pytest.fixture
def matches() -> Iterator[wg.Matches]:
    with wg.Matches("arena/duel", 3, **SMALL) as made:
        yield made


# What the libraries demand.


@pytest.mark.parametrize("options", [{}, {"flat": True}, {"levers": True}], ids=str)
def test_pettingzoo_accepts_the_parallel_environment(options: dict[str, bool]) -> None:
    env = market(**options)
    parallel_api_test(env, num_cycles=30)
    env.close()
    with warnings.catch_warnings():
        # It warns of masks beside observations, which is where it looks for them itself.
        warnings.filterwarnings("ignore", "Observation")
        turns = parallel_to_aec(market(**options))
        api_test(turns, num_cycles=30)
        turns.close()


def test_pettingzoo_finds_it_seeded() -> None:
    made: list[Any] = []

    def make() -> Any:
        made.append(parallel_to_aec(market()))
        return made[-1]

    seed_test(make, num_cycles=12)
    for env in made:
        env.close()


@pytest.mark.filterwarnings("error::UserWarning")
@pytest.mark.parametrize("levers", [False, True])
def test_gymnasium_accepts_the_solo_environment(levers: bool) -> None:
    with duel(render_mode="rgb_array", levers=levers) as env:
        check_env(env.unwrapped)


@pytest.mark.parametrize("levers", [False, True])
def test_stable_baselines_accepts_it(levers: bool) -> None:
    checker = pytest.importorskip("stable_baselines3.common.env_checker")
    with duel(levers=levers) as env:
        checker.check_env(env.unwrapped, warn=True)


# What they do not see.


def chosen(standing: wg.Standing, chance: Any) -> Any:
    """Any legal action for every seat."""
    draw = chance.random(standing.masks.shape) * standing.masks
    return draw.argmax(axis=2)


def whole_match(seed: int, threads: int = 1) -> bytes:
    chance, seen = np.random.default_rng(5), b""
    with wg.Matches("arena/duel", 2, threads=threads, **SMALL) as matches:
        standing = matches.reset([seed, seed + 1])
        while not standing.over.all():
            seen += b"".join(array.tobytes() for array in vars(standing).values())
            standing = matches.step(chosen(standing, chance))
    return seen


def test_a_seed_gives_the_same_match_to_the_last_byte() -> None:
    assert whole_match(1) == whole_match(1) == whole_match(1, threads=2) != whole_match(2)


def test_a_match_by_actions_is_the_match_of_run() -> None:
    """`nothing` all the way is a match in which nobody orders; and a lever is the order that it is said to be."""
    with wg.Matches("arena/duel", **SMALL) as matches:
        up = [action.name for action in matches.actions].index("take_rate.up")
        for actions, orders in (([0, 0], []), ([up, 0], [{"TakeRate": {"rate": 0.055}}])):
            expected = wg.run("arena/duel", {"north": {1: orders}}, seed=11, **SMALL)
            standing = matches.reset([11])
            for turn in range(1, SMALL["turns"] + 1):
                standing = matches.step([actions if turn == 1 else [0, 0]])
                for place, seat in enumerate(matches.seats):
                    [row] = expected.where(seat=seat, turn=turn)
                    figures = standing.figures_of(0, place)
                    # Tables show money in fen.
                    assert figures == pytest.approx({name: row[name] for name in figures}, rel=1e-12, abs=0.006)
            assert standing.over[0]


def test_observations_keep_within_what_is_described(matches: wg.Matches) -> None:
    chance = np.random.default_rng(1)
    low = np.array([feature.low for feature in matches.observation], dtype=np.float32)
    high = np.array([feature.high for feature in matches.observation], dtype=np.float32)
    standing = matches.reset([1, 2, 3])
    while not standing.over.all():
        assert standing.observations.dtype == np.float32 and np.isfinite(standing.observations).all()
        assert (standing.observations >= low).all() and (standing.observations <= high).all()
        standing = matches.step(chosen(standing, chance))
    names = [feature.name for feature in matches.observation]
    assert len(set(names)) == len(names) and all(feature.unit and feature.scale > 0 for feature in matches.observation)


def test_there_is_always_something_to_do(matches: wg.Matches) -> None:
    chance = np.random.default_rng(2)
    standing = matches.reset([1, 2, 3])
    for _ in range(SMALL["turns"]):
        assert (standing.masks[:, :, 0] == 1).all() and set(np.unique(standing.masks)) <= {0, 1}
        assert (standing.masks.sum(axis=2) > 1).all()
        standing = matches.step(chosen(standing, chance))
    # When it is over there is nothing but nothing.
    assert (standing.masks.sum(axis=2) == 1).all() and (standing.masks[:, :, 0] == 1).all()


def test_a_company_that_has_not_come_yet_can_do_nothing_and_stays() -> None:
    env = wg.parallel_env("arena/newcomers", **SMALL)
    observations, infos = env.reset(seed=1)
    late = [agent for agent in env.agents if not infos[agent]["acts"]]
    assert {infos[agent]["seat"] for agent in late} == {"basket", "mirror"}
    for agent in late:
        assert observations[agent]["action_mask"].sum() == 1
    env.step(dict.fromkeys(env.agents, 0))
    assert len(env.agents) == 5
    env.close()


def test_a_seat_of_a_level_is_the_agent_of_its_place() -> None:
    env = market(level="arena/six", seats=["fern", "bamboo"], others={"amber": "premium"}, consumers=400)
    _, infos = env.reset(seed=1)
    assert env.seats == {"platform_0": "bamboo", "platform_1": "fern"}
    assert infos["platform_1"]["seat"] == "fern"
    env.close()


def test_the_end_of_a_match_truncates_it_and_empties_agents() -> None:
    env = market()
    env.reset(seed=1)
    for turn in range(1, 7):
        _, _, ended, truncated, infos = env.step(dict.fromkeys(env.agents, 0))
        assert not any(ended.values()) and all(truncated.values()) == (turn == 6)
        assert infos["platform_0"]["turn"] == turn
    assert env.agents == [] and env.step({}) == ({}, {}, {}, {}, {})
    env.reset()
    assert len(env.agents) == 2
    env.close()


def test_an_unseeded_match_after_a_seeded_one_is_another_but_always_the_same() -> None:
    drawn = []
    for _ in range(2):
        with duel() as env:
            seeds = [env.reset(seed=4)[1]["seed"], env.reset()[1]["seed"], env.reset()[1]["seed"]]
            assert seeds[0] == 4 and len(set(seeds)) == 3
            drawn.append(seeds)
    assert drawn[0] == drawn[1]
    drawn = []
    for _ in range(2):
        env = market()
        drawn.append([env.reset(**given)[1]["platform_1"]["seed"] for given in ({"seed": 4}, {}, {})])
        env.close()
    assert drawn[0] == drawn[1] and drawn[0][0] == 4 and len(set(drawn[0])) == 3


def test_masks_stand_where_each_library_looks() -> None:
    with duel() as env:
        _, info = env.reset(seed=1)
        mask = env.unwrapped.action_masks()
        assert mask.dtype == np.bool_ and info["action_mask"].dtype == np.int8 and (mask == info["action_mask"]).all()
        for _ in range(20):
            assert mask[env.action_space.sample(info["action_mask"])]
        mask[:] = False
        assert env.unwrapped.action_masks().any()
    env = market()
    observations, _ = env.reset(seed=1)
    seen = observations["platform_0"]
    assert seen["action_mask"].dtype == np.int8
    assert (env.action_masks("platform_0", seen) == seen["action_mask"].astype(bool)).all()
    env.close()


@pytest.mark.parametrize("reward", ["value", "profit", "share", "win"])
def test_rewards_are_what_their_names_say(reward: str) -> None:
    with wg.Matches("arena/duel", others={}, reward=reward, **SMALL) as matches:
        before = matches.reset([3])
        rewards, standing = np.zeros(2), before
        for month in range(SMALL["turns"]):
            before, standing = standing, matches.step([[0, 0]])
            change = standing.figures[0] - before.figures[0]
            if month == 0:
                first = standing.figures[0, :, 0]
                change[:, 0] = 0.0  # at the opening a company is worth its cash alone
            expected = {
                "value": change[:, 0] / first,
                "profit": standing.figures[0, :, 1] / first,
                "share": change[:, 2],
                "win": np.zeros(2),
            }[reward]
            if reward != "win":
                assert standing.rewards[0] == pytest.approx(expected, rel=1e-4, abs=1e-6)
            rewards = standing.rewards[0]
        if reward == "win":
            assert sorted(rewards.tolist()) in ([0.0, 1.0], [0.5, 0.5])


def test_levers_set_prices_and_budgets() -> None:
    with duel(levers=True) as env:
        levers = env.unwrapped.levers
        assert [lever.name for lever in levers][:2] == ["take_rate", "consumer_fee"] and levers[0].most == 0.5
        env.reset(seed=11)
        numbers = np.full(len(levers), -1.0, dtype=np.float32)
        numbers[0] = 2 * np.sqrt(0.06 / 0.5) - 1
        seen, *_ = env.step(numbers)
        names = [feature.name for feature in env.unwrapped.matches.observation]
        sees = {name: seen[names.index(f"own.{name}")] for name in ("take_rate.apparel", "advert_load", "budget.brand")}
        assert sees == pytest.approx({"take_rate.apparel": 0.12, "advert_load": 0.0, "budget.brand": 0.0}, abs=1e-6)
        with pytest.raises(ValueError, match="9 float32 from -1 to 1"):
            env.step(np.zeros(2, dtype=np.float32))
    env = market(levers=True)
    env.reset(seed=1)
    assert env.step({agent: env.action_space(agent).sample() for agent in env.agents})[4]["platform_1"]["turn"] == 1
    env.close()


def test_matches_are_judged_as_run_judges_them() -> None:
    with wg.Matches("arena/duel", seats=["south"], **SMALL) as matches:
        matches.reset([11])
        for _ in range(SMALL["turns"]):
            matches.order([{"south": []}])
        expected = wg.run("arena/duel", seed=11, **SMALL).worth
        assert matches.judge()[0].tolist() == pytest.approx([expected["south"], expected["north"]])


def test_many_solo_matches_are_those_that_are_played_alone() -> None:
    others = {"south": "premium"}
    many = gymnasium.make_vec("walled_gardens/Duel-v0", num_envs=3, vectorization_mode="vector_entry_point", others=others, **SMALL)
    with duel(others=others) as alone:
        seen, infos = many.reset(seed=5)
        assert seen.shape == (3, *alone.observation_space.shape) and infos["seed"].tolist() == [5, 6, 7]
        first, _ = alone.reset(seed=6)
        assert (seen[1] == first).all()
        for turn in range(6):
            action = turn % 3
            seen, rewards, _, truncated, infos = many.step(np.full(3, action))
            mine, reward, _, over, _ = alone.step(action)
            assert (seen[1] == mine).all() and rewards[1] == reward and truncated.tolist() == [over] * 3
    # Over: the next step begins it anew, and reads no action.
    _, rewards, _, truncated, infos = many.step(np.zeros(3, dtype=np.int64))
    assert rewards.tolist() == [0.0] * 3 and not truncated.any() and infos["turn"].tolist() == [0] * 3
    assert not set(infos["seed"].tolist()) & {5, 6, 7}
    assert many.unwrapped.action_masks().shape == (3, many.single_action_space.n)
    many.close()


def test_matches_begin_and_go_on_one_by_one(matches: wg.Matches) -> None:
    matches.reset([1, 2, 3])
    alone = matches.step([[1, 0]], which=[2])
    assert alone.turns.tolist() == [1]
    both = matches.step([[0, 0], [0, 0]], which=[2, 0])
    assert both.turns.tolist() == [2, 1]
    assert matches.reset([9], which=[2]).turns.tolist() == [0]
    with pytest.raises(ValueError, match="shape"):
        matches.step([[0, 0]])
    with pytest.raises(ValueError, match="seeds"):
        matches.reset([1])
    with pytest.raises(wg.RequestError) as refused:
        matches.step([[0, 0], [0, 999], [0, 0]])
    assert "999" in str(refused.value) and refused.value.match == 1


def test_arrays_are_whoever_gets_them(matches: wg.Matches) -> None:
    """Learners write into what they are given; that is neither refused nor seen in the next answer."""
    standing = matches.reset([1, 2, 3])
    before = standing.observations.copy()
    standing.observations[:] = 7.0
    standing.rewards[:] = 1.0
    assert (matches.reset([1, 2, 3]).observations == before).all()


def test_matches_share_a_process_and_leave_it_open() -> None:
    with wg.Process(threads=1) as process:
        one, other = (wg.Matches("arena/duel", process=process, **SMALL) for _ in range(2))
        first, second = one.reset([1]), other.reset([2])
        assert (first.observations != second.observations).any()
        one.close()
        assert other.step([[0, 0]]).turns.tolist() == [1]
        other.close()
        assert not process.closed


def test_what_is_wrong_is_said(matches: wg.Matches) -> None:
    with pytest.raises(ValueError, match="nord.*expected some of north, south"):
        wg.Matches("arena/duel", seats=["nord"])
    with pytest.raises(wg.LevelError, match="arena/duell"):
        wg.parallel_env("arena/duell")
    with pytest.raises(wg.RequestError, match="riches"):
        wg.Matches("arena/duel", reward="riches").reset([1])
    with pytest.raises(ValueError, match="rgb_array"):
        wg.parallel_env(render_mode="human")
    env = market()
    env.reset(seed=1)
    with pytest.raises(ValueError, match="platform_1, seat south"):
        env.step({"platform_0": 0})
    with pytest.raises(ValueError, match="from 0 to"):
        env.step({"platform_0": 0, "platform_1": 10_000})
    env.close()


def test_pictures_show_the_shares() -> None:
    with duel(render_mode="rgb_array") as env:
        env.reset(seed=1)
        early = env.render()
        assert early.shape == (240, 400, 3) and early.dtype == np.uint8
        for _ in range(6):
            *_, info = env.step(0)
        late = env.render()
        assert (early != late).any()
        # At the right end the lowest part, in the first colour, is as high as the share.
        own = (late[:, -20] == (0, 114, 178)).all(axis=1).sum()
        assert own / (240 - 32) == pytest.approx(info["share"], abs=0.02)
    env = market()
    env.reset(seed=1)
    assert env.render() is None
    env.close()


def test_an_environment_that_is_forgotten_ends_its_program() -> None:
    from test_process import gone

    env = market()
    env.reset(seed=1)
    pid = env.matches.process.pid
    del env
    gc.collect()
    assert gone(pid)
