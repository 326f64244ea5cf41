"""No-sets grown as far as it is no: what closes the most worlds."""

from __future__ import annotations

from collections.abc import Callable

from allocator.search.minimal_sets.families import Answer, Mask, bits

FEW = 8
"""Elements that may be added to a no, up to which each is asked about: an engine's core takes as
long as about six answers, and is not always as small as it can be."""


class Growing:
    """Grows the noes of one question.

    everything: all elements. ask: the answer for one world. certain: whether a no stands up to a
    second opinion. widened: after a no, more elements with which somebody says that the answer is
    no as well. known_no, known_yes: of which worlds it is certain without being asked.
    """

    def __init__(
        self,
        everything: Mask,
        ask: Callable[[Mask], Answer],
        certain: Callable[[Mask], bool],
        widened: Callable[[Mask], Mask],
        known_no: Callable[[Mask], bool],
        known_yes: Callable[[Mask], bool],
    ) -> None:
        self._everything = everything
        self._ask = ask
        self._certain = certain
        self._widened = widened
        self._known_no = known_no
        self._known_yes = known_yes

    def around(self, mask: Mask) -> tuple[Mask, bool]:
        """Return a no-set around a no, and whether it is certain: all but a core, which is seldom
        larger than it need be; where there is no core, or little to be added, a maximal one.

        mask: a world whose answer is no.
        """
        wider = mask if self._nearly_grown(mask) else self._widened(mask)
        sure = wider != mask and self._ask(wider) is Answer.NO and self._certain(wider)
        if not sure and (wider == mask or self._ask(wider) is not Answer.NO):
            wider, _ = self.grown(mask)  # There is no core, or it was wrong.
            sure = self._certain(wider)
        return wider, sure

    def grown(self, mask: Mask) -> tuple[Mask, bool]:
        """Return a no-set that contains this one, and whether every element outside turns it to
        yes.

        mask: a world whose answer is no.
        """
        maximal = True
        for element in bits(self._everything & ~mask):
            if self._known_no(mask | element):
                mask |= element
            elif not self._known_yes(mask | element):
                answer = self._ask(mask | element)
                mask |= element if answer is Answer.NO else 0
                maximal &= answer is not Answer.UNKNOWN
        return mask, maximal

    def _nearly_grown(self, mask: Mask) -> bool:
        """Whether of few elements it is open what they would turn the no to."""
        wider = [mask | element for element in bits(self._everything & ~mask)]
        known = (self._known_no(one) or self._known_yes(one) for one in wider)
        return len(wider) - sum(known) <= FEW
