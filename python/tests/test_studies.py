"""Levels, matches, comparisons, equilibria, tournaments and ratings."""

from __future__ import annotations

from pathlib import Path

import pytest

import walled_gardens as wg
from walled_gardens.ron import written

SMALL = {"consumers": 200, "merchants": 50}


def test_a_level_is_read_by_path() -> None:
    level = wg.Level("arena/duel")
    assert level["platforms.north.cash"] == level["platforms[0].cash"] == 1e9
    assert level["setup.turns"] == 24 and level.seats == ["north", "south"]
    assert level.text.startswith("//") or "meta" in level.text
    with pytest.raises(KeyError, match="expected one of north, south"):
        level["platforms.nord.cash"]
    with pytest.raises(KeyError, match="market has no 'habitt'"):
        level["market.habitt"]


def test_setting_gives_another_level_and_leaves_this_one() -> None:
    level = wg.Level("arena/duel")
    other = level.set("market.habit", 2).set("platforms.north.cash", 5e9).set("market.price_form", "Linear")
    assert other["market.habit"] == 2.0 and other["platforms.north.cash"] == 5e9 and other["market.price_form"] == "Linear"
    assert level["market.habit"] == 1.0


def test_mistakes_have_spans() -> None:
    text = wg.Level("arena/duel").text.replace("cash: 1_000_000_000", "cach: 1_000_000_000", 1)
    with pytest.raises(wg.LevelError) as unsound:
        wg.Level.from_text(text).check()
    [mistake, *_] = unsound.value.diagnostics
    assert mistake.path == "platforms[0].cach" and mistake.help == "cash" and mistake.expected
    assert mistake.line is not None and mistake.column is not None
    assert text.splitlines()[mistake.line - 1][mistake.column - 1 :].startswith("cach")


def test_a_level_that_is_not_sound_is_refused_wherever_it_is_used(tmp_path: Path) -> None:
    wrong = wg.Level("arena/duel").set("market.habit", -3)
    for use in (lambda: wg.run(wrong), lambda: wg.compare(wrong, {1: []}), lambda: wrong.description):
        with pytest.raises(wg.LevelError) as unsound:
            use()
        assert unsound.value.diagnostics[0].path == "market.habit"
    with pytest.raises(wg.LevelError, match="arena/duell"):
        wg.run("arena/duell")
    with pytest.raises(wg.LevelError, match="arena/duel"):
        wg.Level("arena/duell").text
    (tmp_path / "mine.ron").write_text("no level", encoding="utf-8")
    with pytest.raises(wg.LevelError):
        wg.Level(tmp_path / "mine.ron").check()


def test_a_match_is_a_table_with_a_row_for_each_turn_and_platform() -> None:
    match = wg.run("arena/duel", {"north": "steady-investor"}, seed=7, turns=3, **SMALL)
    assert len(match) == 4 * 2
    assert match["turn"] == [0, 0, 1, 1, 2, 2, 3, 3] and match["seed"] == [7] * 8
    assert match.where(seat="north")["strategy"] == ["steady-investor"] * 4
    for turn in range(4):
        assert sum(match.where(turn=turn)["share"]) == pytest.approx(1.0)
    assert match.where(turn=0)["churn"] == [None, None]
    assert match.winner in ("north", "south") and set(match.worth) == {"north", "south"}
    assert match == wg.run("arena/duel", {"north": "steady-investor"}, seed=7, turns=3, threads=1, **SMALL)
    assert match != wg.run("arena/duel", {"north": "steady-investor"}, seed=8, turns=3, **SMALL)


def test_data_frames_keep_types_and_what_is_not_known() -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    match = wg.run("arena/duel", seed=1, turns=2, **SMALL)
    frame = match.to_polars()
    assert frame.to_dicts() == match.to_dicts()
    kinds = {"text": polars.String, "int": polars.Int64, "float": polars.Float64}
    assert frame.schema == {name: kinds[kind] for name, kind in match.kinds.items()}
    other = match.to_pandas()
    assert str(other["turn"].dtype) == "Int64" and str(other["churn"].dtype) == "Float64" and str(other["seat"].dtype) == "string"
    assert other["churn"].isna().tolist() == [churn is None for churn in match["churn"]]
    assert other["profit"].tolist() == match["profit"]
    assert pandas.DataFrame(match.to_dicts())["seat"].tolist() == match["seat"]


def test_orders_from_python_are_those_of_a_file(tmp_path: Path) -> None:
    orders = {1: [{"TakeRate": {"category": "apparel", "rate": 0.025}}, {"BrandBudget": {"amount": 8e6}}], 2: [{"Coupon": {"depth": 0.05, "region": "city", "audience": "Switchers"}}]}
    path = tmp_path / "orders.ron"
    path.write_text(
        """[(turn: 1, orders: [TakeRate(category: "apparel", rate: 0.025), BrandBudget(amount: 8e6)]),
            (turn: 2, orders: [Coupon(region: "city", audience: Switchers, depth: 0.05)])]""",
        encoding="utf-8",
    )
    mine = wg.run("arena/duel", {"north": orders}, turns=3, **SMALL)
    theirs = wg.run("arena/duel", {"north": f"orders:{path}"}, turns=3, **SMALL)
    assert mine.state_hash == theirs.state_hash != wg.run("arena/duel", turns=3, **SMALL).state_hash
    assert mine.refused == {"north": 0, "south": 0}
    assert wg.run("arena/duel", {"north": {1: [{"TakeRate": {"rate": 0.9}}]}}, turns=1, **SMALL).refused["north"] == 1


def test_orders_of_every_form_can_be_written() -> None:
    deal = {"gives": [{"Payment": {"amount": 2e8}}, "Data"], "asks": [{"Service": {"service": "Pay"}}], "months": 24}
    offer = {"Offer": {"to": "Tencent", "deal": deal}}
    assert written(offer) == (
        'Offer(to: "Tencent", deal: (gives: [Payment(amount: 200000000.0), Data], asks: [Service(service: "Pay")], months: 24))'
    )
    assert written("Comply") == "Comply"
    assert written({"Open": {"service": "alipay", "to": None, "access": "Native"}}) == 'Open(service: "alipay", access: Native)'
    with pytest.raises(ValueError, match="rate is nan"):
        written({"TakeRate": {"rate": float("nan")}})


def test_what_is_impossible_is_said_in_the_programs_words() -> None:
    with pytest.raises(wg.CommandError, match="its seats are north, south"):
        wg.run("arena/duel", {"nord": "passive"})
    with pytest.raises(wg.CommandError, match="premium"):
        wg.run("arena/duel", {"north": "premiun"})


def test_a_comparison_says_what_differs() -> None:
    found = wg.compare("arena/duel", {1: [{"TakeRate": {"rate": 0.01}}]}, metrics=["share:north"], seeds=4, at=[1, 6], turns=6, **SMALL)
    assert found["seed"] == [1, 2, 3, 4] * 2 and found["turn"] == [1] * 4 + [6] * 4
    assert found["platform"] == ["north"] * 8 and found["region"] == [None] * 8
    last = found.differences[-1]
    mean = sum(found.where(turn=6)["against"]) / 4 - sum(found.where(turn=6)["base"]) / 4
    assert last["difference"] == pytest.approx(mean) and last["difference"] > 0


def test_a_comparison_of_levels_takes_what_was_set() -> None:
    level = wg.Level("arena/duel")
    by_value = wg.compare(level, against_set={"market.habit": 3}, metrics=["hhi"], seeds=4, turns=2, **SMALL)
    by_level = wg.compare(level, against_level=level.set("market.habit", 3), metrics=["hhi"], seeds=4, turns=2, **SMALL)
    assert by_value == by_level and by_value["base"] != by_value["against"]


def test_refused_orders_spoil_a_comparison() -> None:
    with pytest.raises(wg.OrdersRefused, match="0.9") as refused:
        wg.compare("arena/duel", {1: [{"TakeRate": {"rate": 0.9}}]}, seeds=4, turns=2, **SMALL)
    assert refused.value.refused[0]["platform"] == "north"


def test_an_equilibrium_is_found() -> None:
    found = wg.equilibrium("lab/hotelling")
    assert found["converged"] and found["prices"]["left"]["membership_fee"] == pytest.approx(1.2)


def test_a_tournament_rates_its_players() -> None:
    played = wg.tournament(levels=["arena/duel"], strategies=["steady-investor", "passive"], format="sprt", blocks=4, turns=6, **SMALL)
    assert {contender["name"] for contender in played["contenders"]} == {"steady-investor", "passive"}
    assert played["tests"][0]["verdict"] in ("Open", "Better", "NotBetter")


def test_results_are_rated_from_rows_and_from_a_file(tmp_path: Path) -> None:
    rows = [{"match": m, "seat": s, "player": p, "score": p == "a" or m == 3} for m in range(6) for s, p in (("n", "a"), ("s", "b"))]
    rows = [{**row, "score": int(row["score"])} for row in rows]
    rated = wg.rate(rows)
    assert rated["ratings"][0]["player"] == "a"
    path = tmp_path / "results.csv"
    path.write_text("match,seat,player,score\n" + "".join(f"{r['match']},{r['seat']},{r['player']},{r['score']}\n" for r in rows))
    assert wg.rate(path) == rated
    with pytest.raises(wg.CommandError, match="score"):
        wg.rate([{"match": 1, "seat": "n", "player": "a"}])
