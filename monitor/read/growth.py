"""What the log of a pact says more than it did: what was made of it before is patched, not made anew."""

from datetime import date
from typing import TYPE_CHECKING
from weakref import ref

import numpy as np
import pandas as pd

from monitor import status
from monitor.snapshot import Snapshot

if TYPE_CHECKING:
    from monitor.read.pact_state import PactState


class Growth:
    """How a pact has grown since an earlier snapshot, for as long as somebody holds that one.

    `known`: what is known of it now; `patch`: what has changed of it, None where nothing has."""

    __slots__ = ("_earlier", "known", "patch")

    def __init__(self, earlier: Snapshot, known: status.KnownPact, patch: status.Patch | None):
        self._earlier, self.known, self.patch = ref(earlier), known, patch

    @property
    def earlier(self) -> Snapshot | None:
        """That snapshot, None once nobody holds it."""
        return self._earlier()


def patch_entries(older: np.ndarray, patch: status.Patch, state: "PactState") -> np.ndarray:
    """`PactState.current_entries`."""
    return status.patch_seqs(older, patch.gone, patch.part.everything)


def patch_assessments(older: np.ndarray, patch: status.Patch, state: "PactState") -> np.ndarray:
    """`PactState.current_assessments`."""
    return status.patch_seqs(older, patch.gone_moving, patch.part.assessments)


def patch_replies(older: pd.DataFrame, patch: status.Patch, state: "PactState") -> pd.DataFrame:
    """`PactState.replies`."""
    return status.patch_replies(older, patch, state.log.actions)


def patch_last_replies(
    older: pd.DataFrame, patch: status.Patch, state: "PactState", day: date
) -> pd.DataFrame:
    """`PactState.last_replies`."""
    before = state.before
    same = before is not None and before.replies is state.replies
    return older if same else status.last_replies(state.replies, day)


def patch_public(older: np.ndarray, patch: status.Patch, state: "PactState") -> np.ndarray:
    """`PactState.public_actions`."""
    found = np.empty(len(state.log.actions), dtype=bool)
    found[: len(older)] = older
    found[patch.entries] = state.mask_public(patch.entries)
    return found


def patch_by_commitment(
    older: tuple[np.ndarray, np.ndarray], patch: status.Patch, state: "PactState"
) -> tuple[np.ndarray, np.ndarray]:
    """`PactState.actions_by_commitment`."""
    return status.patch_grouped(*older, patch, state.log.actions, state.public_actions)
