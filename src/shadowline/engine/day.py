"""One day, one future, and the start of both, compiled."""

import numpy as np

from shadowline.engine.compiled import compiled
from shadowline.engine.random import run_key
from shadowline.mechanisms.answers import decide_answers
from shadowline.mechanisms.attacks import begin_attacks, carry_momentum, make_attacks, refresh_attacks, set_rates
from shadowline.mechanisms.attribution import assign_blame
from shadowline.mechanisms.beliefs import begin_beliefs, form_beliefs
from shadowline.mechanisms.context import move_context
from shadowline.mechanisms.control import refresh_control, set_control
from shadowline.mechanisms.dissent import begin_dissent, refresh_dissent, voice_dissent
from shadowline.mechanisms.grievance import refresh_grievance, remember_strikes
from shadowline.mechanisms.harm import do_harm
from shadowline.mechanisms.hawks import begin_hawks, refresh_hawks, stir_hawks
from shadowline.mechanisms.leadership import begin_leadership, change_leaders
from shadowline.mechanisms.lines import begin_lines, test_incidents
from shadowline.mechanisms.norms import keep_norms
from shadowline.mechanisms.obedience import begin_obedience, renew_obedience
from shadowline.mechanisms.orders import begin_orders, give_orders
from shadowline.mechanisms.outcomes import watch_outcomes
from shadowline.mechanisms.provocation import add_up_provocation, refresh_provocation
from shadowline.mechanisms.rare import begin_rare, clear_today
from shadowline.mechanisms.reporting import report_the_day
from shadowline.mechanisms.retaliation import decide_retaliation
from shadowline.mechanisms.shocks import apply_shocks, begin_shocks
from shadowline.mechanisms.strikes import begin_strikes, carry_out_answers
from shadowline.mechanisms.war import start_wars


@compiled
def play_day(world):
    """Play one day in the order of `shadowline.engine.order` and turn the page."""
    play_until_noon(world)
    play_from_noon(world)


@compiled
def play_until_noon(world):
    """Play the day up to the carrying out of answers: everything before new answers are decided."""
    clear_today(world)
    if apply_shocks(world):
        refresh(world)
    move_context(world)
    change_leaders(world)
    form_beliefs(world)
    give_orders(world)
    set_control(world)
    renew_obedience(world)
    set_rates(world)
    make_attacks(world)
    do_harm(world)
    assign_blame(world)
    test_incidents(world)
    carry_out_answers(world)


@compiled
def play_from_noon(world):
    """Play the rest of the day, from the decisions on new answers on, and turn the page."""
    decide_answers(world)
    decide_retaliation(world)
    start_wars(world)
    add_up_provocation(world)
    stir_hawks(world)
    remember_strikes(world)
    keep_norms(world)
    voice_dissent(world)
    carry_momentum(world)
    report_the_day(world)
    watch_outcomes(world)
    world.clock[0].today += 1


@compiled
def refresh(world):
    """Recompute what depends on parameters alone, at the start and after every shock."""
    refresh_attacks(world)
    refresh_control(world)
    refresh_dissent(world)
    refresh_grievance(world)
    refresh_hawks(world)
    refresh_provocation(world)


@compiled
def begin(world):
    """Set every stock, line, order and belief to its start, on the first day."""
    begin_shocks(world)
    refresh(world)
    begin_lines(world)
    begin_leadership(world)
    begin_dissent(world)
    begin_hawks(world)
    begin_strikes(world)
    begin_rare(world)
    begin_orders(world)
    set_control(world)
    begin_attacks(world)
    begin_beliefs(world)
    begin_obedience(world)


@compiled
def copy_words(source, goal):
    """Copy memory word by word (a slice assignment would compile to far more code)."""
    for n in range(source.size):
        goal[n] = source[n]


@compiled
def play_prelude(world, start, seed, draw):
    """Play the recorded past of one parameter draw, from ``start`` (words,) to the morning of day 0.

    The world's memory then holds everything at day 0; its journal, if it has room, the events of the past.
    """
    copy_words(start, world.memory)
    now = world.clock[0]
    now.key = run_key(seed, np.uint64(2**63) + draw)
    now.today = now.first_day
    now.replaying = 1
    begin(world)
    while now.today < now.start_day:
        play_day(world)
    now.replaying = 0
    start_watching(world)


@compiled
def start_watching(world):
    """Forget what outcomes and lines counted before day 0; streaks of quiet days go on."""
    for n in range(world.outcomes.size):
        world.outcomes[n].first_day = 0
        world.outcomes[n].total = 0.0
        world.outcomes[n].days_at_risk = 0.0
    for k in range(world.lines.size):
        world.lines[k].crossings = 0
        world.lines[k].crossed_first = 0
    begin_rare(world)


@compiled
def open_future(world, morning, seed, run, mode, watched):
    """Lay out one future on the morning of day 0.

    ``morning`` (words,) is the memory after the prelude; without a prelude it is the memory at the start, and the future begins for itself:
    its first orders and obedience are its own.
    """
    copy_words(morning, world.memory)
    now = world.clock[0]
    now.key = run_key(seed, run)
    if now.first_day == now.start_day:
        now.today = now.first_day
        begin(world)
    now.mode = mode
    now.watched = watched
    begin_rare(world)
