"""Two matched futures held against one another: where they part, why, and what came of it on either side."""

from shadowline.futures.why.pair.matching import ACTS, act_of, first_act
from shadowline.futures.why.pair.parting import Apart, Future, Reason, parting, reason_of

__all__ = ["ACTS", "Apart", "Future", "Reason", "act_of", "first_act", "parting", "reason_of"]
