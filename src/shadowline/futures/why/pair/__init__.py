"""Two matched futures held against one another: where they part, why, and what came of it on either side."""

from shadowline.futures.why.pair.parting import ACTS, Apart, Future, Reason, act_of, first_act, parting, reason_of

__all__ = ["ACTS", "Apart", "Future", "Reason", "act_of", "first_act", "parting", "reason_of"]
